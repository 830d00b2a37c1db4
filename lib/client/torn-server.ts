import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { StreamEvent } from '../protocol/events.ts'

/** How one request is answered. */
export type Answer =
  | {
      readonly events: readonly StreamEvent[]
      readonly gzip?: boolean
      readonly cutAt?: number
      readonly open?: boolean
    }
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }

/** For tests: a server over a real socket whose streams are torn at any byte that is wanted. */
export class TornServer {
  readonly requests: { readonly path: string; readonly headers: IncomingMessage['headers'] }[] = []
  /** Requests whose client has left before the answer's end. */
  left = 0
  readonly #server: Server

  private constructor(answer: (lastEventId: string | null, count: number) => Answer) {
    this.#server = createServer((request, response) => {
      const { url = '', headers } = request
      this.requests.push({ path: url, headers })
      response.on('close', () => {
        if (!response.writableEnded) this.left += 1
      })
      const asked = new URL(url, 'http://torn').searchParams.get('lastEventId')
      const header = headers['last-event-id']
      send(response, answer(typeof header === 'string' ? header : asked, this.requests.length))
    })
  }

  static async start(answer: (lastEventId: string | null, count: number) => Answer): Promise<TornServer> {
    const torn = new TornServer(answer)
    await once(torn.#server.listen(0, '127.0.0.1'), 'listening')
    return torn
  }

  get url(): string {
    const address = this.#server.address()
    if (typeof address !== 'object' || address === null) throw new Error('The server is closed')
    return `http://127.0.0.1:${address.port}`
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }
}

function send(response: ServerResponse, answer: Answer): void {
  if ('status' in answer) {
    const headers = { 'content-type': 'application/problem+json', ...answer.headers }
    response.writeHead(answer.status, headers).end(answer.body)
    return
  }
  const { events, gzip = false, cutAt, open = false } = answer
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    ...(gzip && { 'content-encoding': 'gzip' }),
  })
  const text = Buffer.from(`retry: 1\n\n${events.map(toText).join('')}`)
  const bytes = gzip ? gzipSync(text) : text
  const part = bytes.subarray(0, cutAt ?? bytes.length)
  // What was written is on its way before the socket ends.
  response.write(part, () => {
    if (cutAt !== undefined) response.socket?.destroySoon()
    else if (!open) response.end()
  })
}

const toText = (event: StreamEvent): string =>
  [
    ...('id' in event && event.id !== undefined ? [`id: ${event.id}\n`] : []),
    `event: ${event.kind}\ndata: ${JSON.stringify(event.data)}\n\n`,
  ].join('')
