import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The baseline: `res.write` of each event to every client, and nothing else. Its parent tells it what to send. */
const clients = new Set<ServerResponse>()
const server = createServer((_, response) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' })
  response.write('retry: 1000\n\n')
  clients.add(response)
  response.on('close', () => clients.delete(response))
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))

process.on('message', (event: string) => {
  const bytes = Buffer.from(event)
  for (const client of clients) client.write(bytes)
})
process.on('disconnect', () => process.exit(0))
