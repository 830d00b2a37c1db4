import { explainRefusal } from './refusal.ts'
import type { Stream, StreamReader } from './stream.ts'
import { StreamClient } from './stream-client.ts'
import { createSlots } from './stream-slots.ts'

const slots = createSlots()

/** A stream whose connection is the page's own. */
export function openPlainStream(reader: StreamReader): Stream {
  return new StreamClient({
    ...reader,
    openEventSource: (url) => new EventSource(url),
    explainRefusal,
    slots,
  })
}
