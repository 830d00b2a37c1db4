import { explainRefusal } from './refusal.ts'
import type { Stream, StreamReader } from './stream.ts'
import { StreamClient } from './stream-client.ts'
import { createSlots } from './stream-slots.ts'
import { WorkerStream } from './worker-stream.ts'

const slots = createSlots()

const openPlain = (reader: StreamReader): Stream =>
  new StreamClient({
    ...reader,
    openEventSource: (url) => new EventSource(url),
    explainRefusal,
    slots,
  })

/**
 * The bundler puts the names of all chunks, which are hashes of their content, into the worker's address: a page of
 * another build never meets a worker of this one.
 */
const openWorker = () =>
  new SharedWorker(new URL('./stream-worker.ts', import.meta.url), {
    type: 'module',
    name: 'tailboard-streams',
  })

/** A stream that is shared with the other tabs of the browser where that is possible. */
export function openStream(reader: StreamReader): Stream {
  return typeof SharedWorker === 'undefined'
    ? openPlain(reader)
    : new WorkerStream(reader, { openWorker, openPlain })
}
