import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { aboutRequest } from './about.js'
import { createGuardedServer } from './server.js'
import type { AccessSettings } from './settings.js'

export const TOKEN = 'the-right-token-of-the-tests'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

interface Ask {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string | Buffer
}

/** A server behind the gate whose listener tells what it was given, or at `/until-signed-out` the end of a session. */
export async function startGuarded(settings: Partial<AccessSettings> = {}) {
  const server = createGuardedServer(
    (options, listener) => createServer({ ...options, connectionsCheckingInterval: 50 }, listener),
    (request, response) => {
      if (request.url === '/until-signed-out') {
        aboutRequest(request)?.onSessionEnd?.(() => response.end('signed out'))
        return
      }
      request.resume().on('end', () => {
        response.setHeader('Content-Type', 'application/json')
        response.end(JSON.stringify({ passed: request.url, headers: request.headers }))
      })
    },
    {
      token: undefined,
      origins: new Set(),
      trustProxy: false,
      host: '127.0.0.1',
      maxClients: 100,
      isDev: false,
      ...settings,
    },
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('No port was given')
  const { port } = address
  return {
    server,
    port,
    ask: (path: string, ask: Ask = {}) => ask_(port, path, ask),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function ask_(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body }: Ask,
): Promise<Answer> {
  const request = httpRequest({ port, host: '127.0.0.1', path, method, headers, agent: false })
  request.end(body)
  const [response] = await once(request, 'response')
  return { status: response.statusCode, headers: response.headers, body: await text(response) }
}

/** What the server says to bytes, until it closes. */
export function say(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(bytes)
  return text(socket)
}

/** What a browser keeps of an answer, to be sent again. */
export const cookieOf = ({ headers }: Answer): string => headers['set-cookie']?.[0]?.split(';')[0] ?? ''

/** The form that the sign-in page sends by its script. */
export const signInForm = (token: string, next?: string): Ask => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({ token, ...(next !== undefined && { next }) }).toString(),
})
