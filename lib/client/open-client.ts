import type { StreamEvent } from '../protocol/events.ts'
import type { Connection } from './connection.ts'
import type { Mailbox } from './mailbox.ts'
import { StreamClient, type StreamServices } from './stream-client.ts'
import type { StreamQuery } from './stream-query.ts'
import { SubscribeError, toSubscribeError } from './subscribe-error.ts'

/** What a stream is asked for and how it is told of, for whoever reads it to the end of his own wish. */
export interface ClientOptions extends StreamQuery {
  /** Ends the reading; that is no error. */
  readonly signal?: AbortSignal | undefined
  /** The server's access token. */
  readonly token?: string | undefined
  /** How it stands with the connection: live, stale, reconnecting and why. */
  readonly onConnection?: ((connection: Connection) => void) | undefined
}

interface ClientReader {
  readonly lastEventId: () => string | undefined
  readonly onBegin?: () => void
  /** May throw a `FoldError`: the rows are then sent anew. */
  readonly onEvent: (event: StreamEvent) => void
  /** No more events come: the server will not give this stream. */
  readonly onFailure: (error: SubscribeError) => void
}

/** A {@link StreamClient} that gives up where no other try can help. Not open yet. */
export function createClient(
  options: ClientOptions,
  services: StreamServices,
  reader: ClientReader,
): StreamClient {
  const { relation, columns, filters, snapshot, onConnection = () => {} } = options
  const fail = (error: SubscribeError) => {
    reader.onFailure(error)
    // Not while the client still acts on what it was told.
    queueMicrotask(() => client.close())
  }
  const client: StreamClient = new StreamClient({
    ...services,
    query: { relation, columns, filters, snapshot },
    explainRefusal: async (query) => {
      const refusal = await services.explainRefusal(query)
      const error = refusal && toSubscribeError(refusal)
      if (error) fail(error)
      return refusal
    },
    lastEventId: reader.lastEventId,
    onBegin: reader.onBegin ?? (() => {}),
    onEvent: (event) => {
      reader.onEvent(event)
      if (event.kind === 'status' && event.data.state === 'gone') {
        fail(new SubscribeError('gone', event.data.reason))
      }
    },
    onConnection,
  })
  return client
}

/** Opens the client and gives what it puts into the mailbox, until the signal aborts; then closes it. */
export async function* readWhileOpen<T>(
  client: StreamClient,
  mailbox: Mailbox<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly T[], void, undefined> {
  const end = () => {
    client.close()
    mailbox.end()
  }
  signal?.addEventListener('abort', end)
  try {
    if (signal?.aborted) return
    client.open()
    for (;;) {
      const items = await mailbox.take()
      if (!items || signal?.aborted) return
      yield items
    }
  } finally {
    signal?.removeEventListener('abort', end)
    client.close()
  }
}

/** The server's address as paths can be put behind it; a browser's own server where it is empty. Throws a TypeError. */
export function toBase(url: string | URL): string {
  const text = String(url)
  if (text === '' && typeof location !== 'undefined') return ''
  const { origin, pathname } = new URL(text)
  return origin + pathname.replace(/\/+$/, '')
}
