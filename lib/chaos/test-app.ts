import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readStreamRequest } from '../api/stream-request.ts'
import { Feeds, ShuttingDownError } from '../feeds.ts'
import type { Hub } from '../hub/hub.ts'
import type { Log } from '../log.ts'
import { RelationMissingError } from '../materialize/errors.ts'
import { parseRelationName, type RelationName } from '../materialize/relation-name.ts'
import { createShape, toShapeRequest } from '../shape/shape.ts'
import type { SseChunk } from '../sse/chunk.ts'
import { acceptsGzip } from '../sse/coding.ts'
import { streamResponse } from '../sse/response.ts'

/** The app's own feeds behind a plain server, without Next. */
export class TestApp {
  readonly #feeds: Feeds
  readonly #hubs = new Set<Hub<SseChunk>>()
  readonly #server: Server
  /** Those of slow readers whose sockets are written to directly. */
  readonly #slow = new Set<ServerResponse>()
  #choked: Promise<void> | undefined
  #served = 0

  private constructor(url: string, log: Log, onError: (error: unknown) => void) {
    this.#feeds = new Feeds(url, undefined, log)
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        onError(error)
        response.destroy()
      })
    })
  }

  static async start(url: string, log: Log, onError: (error: unknown) => void): Promise<TestApp> {
    const app = new TestApp(url, log, onError)
    await once(app.#server.listen(0, '127.0.0.1'), 'listening')
    return app
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** Connected readers. */
  get size(): number {
    return [...this.#hubs].reduce((sum, { size }) => sum + size, 0)
  }

  /** From now until the promise resolves slow readers take no byte. */
  async choke(until: Promise<void>): Promise<void> {
    this.#choked = until
    const sockets = [...this.#slow].flatMap(({ socket }) => socket ?? [])
    for (const socket of sockets) socket.cork()
    await until
    for (const socket of sockets) socket.uncork()
  }

  /** Ends with a farewell. */
  async stop(): Promise<void> {
    await this.#feeds.close()
    await this.#close()
  }

  /** Ends as a process that is killed: whoever was connected learns no more than that. */
  async kill(): Promise<void> {
    this.#server.closeAllConnections()
    await Promise.all([this.#close(), this.#feeds.close()])
  }

  async #close(): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    // What was said last is still on its way.
    setImmediate(() => this.#server.closeIdleConnections())
    const deadline = setTimeout(() => this.#server.closeAllConnections(), 500)
    await closed
    clearTimeout(deadline)
  }

  /** As the route does. */
  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    const { headers, url } = message
    // Next may take so long, and so may the catalog, that a client has left before there is an answer.
    if (headers['x-reader'] === 'gone' && !response.destroyed) await once(response, 'close')
    const lastEventId = headers['last-event-id']
    const request = new Request(`http://app${url}`, {
      headers: { ...(typeof lastEventId === 'string' && { 'last-event-id': lastEventId }) },
    })
    const asked = readStreamRequest(request)
    if (Array.isArray(asked)) throw new Error(JSON.stringify(asked))
    const name = parseRelationName(asked.relation)
    try {
      const columns = await this.#feeds.columnsOf(name)
      const shape = columns && createShape(asked.shape, columns)
      if (Array.isArray(shape)) throw new Error(JSON.stringify(shape))
    } catch (error) {
      if (!(error instanceof RelationMissingError)) throw error
      response.writeHead(404).end()
      return
    }
    const hub = this.#open(name)
    if (!hub) {
      response.writeHead(503).end()
      return
    }
    this.#hubs.add(hub)
    const isGzip = acceptsGzip(headers['accept-encoding'] ?? null)
    // Both ways of the bytes: to the response's socket, and through the hands of the host.
    const isDirect = this.#served++ % 2 === 0
    const answer = streamResponse(hub.channel(toShapeRequest(asked.shape)), {
      ...asked,
      isGzip,
      response: isDirect ? response : undefined,
      signal: gone.signal,
    })
    response.writeHead(200, Object.fromEntries(answer.headers))
    response.flushHeaders()
    const isSlow = headers['x-reader'] === 'slow'
    if (isSlow && isDirect) this.#slow.add(response)
    response.on('close', () => this.#slow.delete(response))
    // An aborted body is one that goes on without its host, which leaves it alone as Next does.
    if (answer.body) {
      await this.#send(answer.body, response, isSlow).catch((error: Error) => {
        if (error.name !== 'AbortError') throw error
      })
    }
  }

  /** Undefined where the app is shutting down. */
  #open(name: RelationName): Hub<SseChunk> | undefined {
    try {
      return this.#feeds.open(name).hub
    } catch (error) {
      if (error instanceof ShuttingDownError) return undefined
      throw error
    }
  }

  async #send(body: ReadableStream<Uint8Array>, response: ServerResponse, isSlow: boolean): Promise<void> {
    const reader = body.getReader()
    const closed = new Promise<void>((resolve) => response.once('close', resolve))
    void closed.then(() => reader.cancel()).catch(() => {})
    while (!response.destroyed) {
      const { value, done } = await reader.read()
      if (done) break
      if (isSlow) await Promise.race([this.#choked, closed])
      if (response.destroyed || response.write(value)) continue
      await Promise.race([new Promise((resolve) => response.once('drain', resolve)), closed])
    }
    response.end()
  }
}
