import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

const message = (kind: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5)
  head.write(kind)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

const AUTHENTICATED = message('R', Buffer.alloc(4))
const READY = message('Z', Buffer.from('I'))
const NO_FUNCTION = message(
  'E',
  Buffer.from('SERROR\0VERROR\0C42883\0Mfunction mz_version() does not exist\0\0'),
)

/** A server that speaks as Postgres does and knows no function of Materialize. Gives its port and its end. */
export async function startNotMaterialize(): Promise<{ port: number; stop: () => Promise<void> }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    let isIn = false
    socket.on('data', (bytes) => {
      if (!isIn) {
        isIn = true
        socket.write(Buffer.concat([AUTHENTICATED, READY]))
      } else if (bytes[0] === 'X'.charCodeAt(0)) socket.end()
      else socket.write(Buffer.concat([NO_FUNCTION, READY]))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('No port was given')
  return {
    port: address.port,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
