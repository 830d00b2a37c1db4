import { once } from 'node:events'
import { Agent, createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, expect, test, vi } from 'vitest'
import { releaseHost } from './release-host.ts'

const META = Symbol.for('NextInternalRequestMeta')
const HOST_EVENTS = ['close', 'drain', 'finish', 'error']

const server = createServer().listen(0, '127.0.0.1')
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

afterEach(() => {
  server.removeAllListeners('request')
})

/** Asks on the one connection of these tests. */
async function ask(): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo
  const [response] = await once(get({ port, host: '127.0.0.1', agent }), 'response')
  return response
}

/** Hangs things on Node's objects as Next does, all of which hold one object. */
function actAsHost(response: ServerResponse): WeakRef<object> {
  const made = ['x'.repeat(1_000)]
  const setHeader = response.setHeader.bind(response)
  for (const event of HOST_EVENTS) response.on(event, () => made)
  for (const event of ['end', 'error']) response.req.on(event, () => made)
  response.setHeader = (name, value) => setHeader(name, made ? value : '')
  Object.assign(response.req, { [META]: made, cookies: made })
  // As Node keeps what it is given.
  setHeader('X-Made', made)
  Object.assign(response.req.headers, { 'x-made': made })
  return new WeakRef(made)
}

test('what the host made for a request can be collected while its response goes on', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const gone = vi.fn()
  let made: WeakRef<object> | undefined
  let response: ServerResponse | undefined
  server.on('request', (_, asked) => {
    response = asked
    made = actAsHost(asked)
    asked.on('close', gone).write('begun')
    releaseHost(asked, gone)
  })
  const answer = await ask()
  expect(String((await once(answer, 'data'))[0])).toBe('begun')
  await turn()
  collect()
  expect(made?.deref()).toBeUndefined()

  expect(gone).not.toHaveBeenCalled()
  response?.end()
  await once(answer, 'end')
  await vi.waitFor(() => expect(gone).toHaveBeenCalledTimes(1))
})

test('Node goes on with the next request on the connection', async () => {
  const sockets = new Set<unknown>()
  server.on('request', (_, asked) => {
    sockets.add(asked.socket)
    actAsHost(asked)
    asked.write('begun')
    releaseHost(asked, () => {})
    asked.end(' and done')
  })
  for (let i = 0; i < 3; i++) {
    const answer = await ask()
    expect((await answer.toArray()).join('')).toBe('begun and done')
  }
  expect(sockets.size).toBe(1)
})

test('an error of a response that the host no longer hears ends nothing', async () => {
  server.on('request', (_, asked) => {
    actAsHost(asked)
    asked.write('begun')
    releaseHost(asked, () => {})
    expect(() => asked.emit('error', new Error('written to after its end'))).not.toThrow()
    asked.end()
  })
  await once((await ask()).resume(), 'end')
})
