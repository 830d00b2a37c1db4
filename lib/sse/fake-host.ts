import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

/** What a Route Handler does with a request, given Node's response beneath. */
export type Route = (request: Request, response: ServerResponse) => Response | Promise<Response>

/**
 * A real server that answers as Next does: it reads the body of a `Response` and writes it to Node's response. With
 * `endsOnAbort` it differs in what it does with a body that fails.
 */
export async function startFakeHost(route: Route, { endsOnAbort = false } = {}) {
  let bytesByHost = 0
  const server = createServer(async (incoming, response) => {
    const gone = new AbortController()
    const closed = new Promise<void>((resolve) => response.once('close', resolve))
    void closed.then(() => gone.abort())
    const request = new Request(new URL(incoming.url ?? '/', 'http://localhost'), {
      headers: incoming.headers as Record<string, string>,
      signal: gone.signal,
    })
    const { status, headers, body } = await route(request, response)
    // Next neither reads nor cancels the body for a client that is gone by now.
    if (response.destroyed) return
    response.writeHead(status, Object.fromEntries(headers))
    const sink = new WritableStream<Uint8Array>({
      write: async (chunk) => {
        bytesByHost += chunk.byteLength
        response.flushHeaders()
        if (!response.write(chunk))
          await Promise.race([new Promise((resolve) => response.once('drain', resolve)), closed])
      },
      abort: (error: Error) => void (endsOnAbort ? response.end() : response.destroy(error)),
      close: () => void response.end(),
    })
    if (body) body.pipeTo(sink, { signal: gone.signal }).catch(() => {})
    else response.end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    /** Bytes of bodies that went through the host's hands. */
    bytesByHost: () => bytesByHost,
    /** A client's end of a new connection. */
    connect: (): Socket => connect(port, '127.0.0.1'),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
