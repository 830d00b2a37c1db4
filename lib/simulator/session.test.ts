import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withSession } from './session.ts'

/** AuthenticationOk and ReadyForQuery: all that a server says before it falls silent. */
const WELCOME = Buffer.from('5200000008000000005a0000000549', 'hex')

/** Accepts connections and says nothing, as a machine that has lost its way. */
let silent: Server
const sockets = new Set<Socket>()
let url: string

beforeEach(async () => {
  silent = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => sockets.delete(socket))
  }).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  url = `postgres://materialize@127.0.0.1:${(silent.address() as { port: number }).port}/materialize`
})

afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  sockets.clear()
  silent.close()
  await once(silent, 'close')
})

describe('withSession', () => {
  it('stops connecting when it is told to', async () => {
    const ending = new AbortController()
    const session = withSession(url, ending.signal, () => Promise.resolve('never'))
    await expect.poll(() => sockets.size).toBe(1)
    const askedMs = Date.now()
    ending.abort()
    await expect(session).rejects.toThrow('aborted')
    expect(Date.now() - askedMs).toBeLessThan(500)
  })

  it('does not connect once it is over', async () => {
    const session = withSession(url, AbortSignal.abort(), () => Promise.resolve('never'))
    await expect(session).rejects.toThrow('aborted')
    expect(sockets.size).toBe(0)
  })

  it('rejects where nobody listens', async () => {
    const session = withSession(
      'postgres://materialize@127.0.0.1:1/materialize',
      new AbortController().signal,
      () => Promise.resolve('never'),
    )
    await expect(session).rejects.toThrow('ECONNREFUSED')
  })

  it('ends its connection also where nothing comes through any more', async () => {
    silent.once('connection', (socket) => socket.once('data', () => socket.write(WELCOME)))
    let ended: Promise<unknown> | undefined
    await withSession(url, new AbortController().signal, async ({ client }) => {
      ended = once(client, 'end')
    })
    await ended
  })
})
