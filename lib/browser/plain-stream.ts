import { eventSourceServices } from '../client/event-source-services.ts'
import type { Stream, StreamReader } from '../client/stream.ts'
import { StreamClient } from '../client/stream-client.ts'

/** A stream whose connection is the page's own. */
export function openPlainStream(reader: StreamReader): Stream {
  return new StreamClient({ ...reader, ...eventSourceServices() })
}
