import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { connect, disconnect } from './connect.ts'

/** AuthenticationOk and ReadyForQuery: all that a server says before it falls silent. */
const WELCOME = Buffer.from('5200000008000000005a0000000549', 'hex')

test('a connection ends within two seconds, also where nothing comes through any more', async () => {
  const sockets: Socket[] = []
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket.on('error', () => {}))
    socket.once('data', () => socket.write(WELCOME))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const client = await connect(`postgres://materialize@127.0.0.1:${port}/materialize`, {
    applicationName: 'test',
  })
  const before = Date.now()
  await disconnect(client)
  await disconnect(client)
  expect(Date.now() - before).toBeLessThan(2_000)
  for (const socket of sockets) socket.destroy()
  server.close()
}, 5_000)
