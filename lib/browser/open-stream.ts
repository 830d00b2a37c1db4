import type { Stream, StreamReader } from '../client/stream.ts'
import { LateStream } from './late-stream.ts'
import { persistently } from './persistently.ts'
import { WorkerStream } from './worker-stream.ts'

/** Reading a stream takes a program of its own, which a page that shares its connection never needs. */
const openPlain = (reader: StreamReader): Stream =>
  new LateStream(async () => (await persistently(() => import('./plain-stream.ts'))).openPlainStream(reader))

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
