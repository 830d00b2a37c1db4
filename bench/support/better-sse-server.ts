import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createChannel, createResponse, createSession } from 'better-sse'

/**
 * The library that one would take for this: over Node's response at `/`, and at `/fetch` over a `Response` that is piped
 * to Node's as a Route Handler's is. Its parent tells it what to send.
 */
const channel = createChannel()
// What it sends by itself would be counted as an event.
const options = { keepAlive: null }

const server = createServer(async (incoming, response) => {
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1')
  if (url.pathname === '/') {
    channel.register(await createSession(incoming, response, options))
    return
  }
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const { body, headers } = createResponse(new Request(url, { signal: gone.signal }), options, (session) => {
    channel.register(session)
  })
  response.writeHead(200, Object.fromEntries(headers))
  await body?.pipeTo(toSink(response), { signal: gone.signal }).catch(() => {})
})

const toSink = (response: ServerResponse) =>
  new WritableStream<Uint8Array>({
    write: async (bytes) => {
      if (!response.write(bytes)) await once(response, 'drain')
    },
  })

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))

process.on('message', (event: string) => {
  const [, eventId = '', name = '', data = ''] = /^id: (.*)\nevent: (.*)\ndata: (.*)\n/.exec(event) ?? []
  channel.broadcast(JSON.parse(data), name, { eventId })
})
process.on('disconnect', () => process.exit(0))
