import { explainRefusal } from '../client/refusal.ts'
import type { Stream, StreamReader } from '../client/stream.ts'
import { StreamClient } from '../client/stream-client.ts'
import { createSlots } from '../client/stream-slots.ts'

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
