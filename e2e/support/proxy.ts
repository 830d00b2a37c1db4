import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A wire between the app and its database that counts cursors and can be cut. */
export async function startProxy(targetUrl: string) {
  const target = new URL(targetUrl)
  const { hostname, port } = target
  const sockets = new Set<Socket>()
  const cursors = new Set<Socket>()
  let declared = 0
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    sockets.add(client)
    client.on('data', (bytes) => {
      if (!bytes.includes('DECLARE c CURSOR')) return
      declared++
      cursors.add(client)
    })
    client.pipe(upstream).pipe(client)
    const close = () => {
      client.destroy()
      upstream.destroy()
      sockets.delete(client)
      cursors.delete(client)
    }
    for (const socket of [client, upstream]) socket.on('close', close).on('error', close)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('No port was given')
  target.port = String(address.port)
  return {
    url: target.href,
    /** Connections that hold a cursor now, and how many cursors there have ever been. */
    cursors: () => ({ open: cursors.size, declared }),
    /** Ends all connections; new ones are accepted. */
    cut: () => {
      for (const socket of sockets) socket.destroy()
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
