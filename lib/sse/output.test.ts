import { once } from 'node:events'
import type { Socket } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Channel } from '../hub/channel.ts'
import { History } from '../hub/history.ts'
import { STALL_MS } from '../hub/subscriber.ts'
import type { SseChunk } from './chunk.ts'
import { acceptsGzip } from './coding.ts'
import { sseEncoder } from './encode.ts'
import { startFakeHost } from './fake-host.ts'
import { streamResponse } from './response.ts'

const WHAT = { relation: 'v', columns: [{ name: 'k', type: 'text' }], epoch: 'E' }
const batch = (timestamp: number, row: string) => ({
  timestamp: BigInt(timestamp),
  updates: [{ diff: 1, row: JSON.stringify({ k: row }) }],
})

let now = 0
let channel: Channel<SseChunk>
let host: Awaited<ReturnType<typeof startFakeHost>>
/** The server's end of the last connection that was written to directly. */
let serverEnd: Socket | null
const onClose = vi.fn()

beforeEach(async () => {
  now = 0
  onClose.mockReset()
  channel = new Channel({ encoder: sseEncoder, onEmpty: () => {}, now: () => now })
  channel.begin(WHAT, new History(batch(10, 'ü')))
  host = await startFakeHost((request, response) => {
    serverEnd = response.socket
    if (request.url.endsWith('/other')) return new Response('another', { headers: { 'Content-Length': '7' } })
    return streamResponse(channel, {
      lastEventId: undefined,
      wantsSnapshot: true,
      isGzip: acceptsGzip(request.headers.get('accept-encoding')),
      signal: request.signal,
      response: request.url.endsWith('/by-host') ? undefined : response,
      onClose,
    })
  })
})

afterEach(() => host.close())

function ask(socket: Socket, path: string, { version = '1.1', coding = 'identity' } = {}): void {
  socket.write(`GET ${path} HTTP/${version}\r\nHost: localhost\r\nAccept-Encoding: ${coding}\r\n\r\n`)
}

/** Everything that a socket receives, as it comes. */
function record(socket: Socket): () => Buffer {
  const parts: Buffer[] = []
  socket.on('data', (bytes: Buffer) => parts.push(bytes))
  return () => Buffer.concat(parts)
}

/** The body of a response, its chunks joined. Throws where a chunk is not framed well or the last one is missing. */
function joinChunks(response: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = response.indexOf('\r\n\r\n') + 4; ; ) {
    const lineEnd = response.indexOf('\r\n', at)
    const length = Number.parseInt(response.toString('latin1', at, lineEnd), 16)
    const end = lineEnd + 2 + length
    expect(response.toString('latin1', end, end + 2)).toBe('\r\n')
    if (length === 0) return Buffer.concat(parts)
    parts.push(response.subarray(lineEnd + 2, end))
    at = end + 2
  }
}

test.each(['identity', 'gzip'])('a client is sent the same bytes either way (%s)', async (coding) => {
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
  const sockets = ['/', '/by-host'].map((path) => {
    const socket = host.connect()
    ask(socket, path, { coding })
    return { socket, received: record(socket) }
  })
  await vi.waitFor(() => expect(channel.size).toBe(2))
  for (const { received } of sockets)
    await vi.waitFor(() => expect(joinable(received()).length).toBeGreaterThan(100))
  for (let timestamp = 11; timestamp < 15; timestamp++) {
    now += 1_000
    channel.publish([batch(timestamp, `row ${timestamp}`)])
  }
  channel.heartbeat()
  channel.shutdown()
  for (const { received } of sockets)
    await vi.waitFor(() => expect(received().toString('latin1')).toMatch(/\r\n0\r\n\r\n$/))
  const [direct, byHost] = sockets.map(({ received }) => joinChunks(received()))
  expect(direct?.equals(byHost ?? Buffer.alloc(0))).toBe(true)
  const text = (coding === 'gzip' ? gunzipSync(direct ?? '') : direct)?.toString()
  expect(text).toMatch(/^retry: 2500\n\nid: E:10\nevent: snapshot\n.*id: E:14\n.*event: bye\ndata: .*\n\n$/s)
  expect(host.bytesByHost()).toBe(byHost?.length)
  vi.restoreAllMocks()
})

const joinable = (response: Buffer): Buffer => response.subarray(response.indexOf('\r\n\r\n') + 4)

const countListeners = () => ['drain', 'close'].map((event) => serverEnd?.listenerCount(event) ?? 0)

test('a connection whose stream we ended carries the next response, and nothing of ours is left on it', async () => {
  const socket = host.connect()
  const received = record(socket)
  ask(socket, '/')
  await vi.waitFor(() => expect(received().toString()).toContain('id: E:10'))
  const [drainListeners = 0, closeListeners = 0] = countListeners()
  channel.shutdown()
  await vi.waitFor(() => expect(received().toString()).toMatch(/event: bye.*\r\n0\r\n\r\n$/s))
  // Of the two that hear of the connection's end one is Node's, for the response.
  expect(countListeners()).toEqual([drainListeners - 1, closeListeners - 2])
  expect(onClose).toHaveBeenCalledExactlyOnceWith('shutdown')
  channel.publish([batch(11, 'nobody is told')])
  ask(socket, '/other')
  await vi.waitFor(() =>
    expect(received().toString()).toMatch(/\r\n0\r\n\r\nHTTP\/1\.1 200 OK\r\n.*\r\n\r\nanother$/s),
  )
  expect(onClose).toHaveBeenCalledOnce()
})

test('clients that wait behind another on their connection leave with it', async () => {
  const socket = host.connect()
  const received = record(socket)
  const streams = 20
  for (let i = 0; i < streams; i++) ask(socket, '/')
  await vi.waitFor(() => expect(channel.size).toBe(streams))
  await vi.waitFor(() => expect(received().toString()).toContain('id: E:10'))
  socket.destroy()
  await vi.waitFor(() => expect(channel.size).toBe(0))
  expect(onClose).toHaveBeenCalledTimes(streams)
})

test('a body that is not chunked goes through the host, without frames', async () => {
  const socket = host.connect()
  const received = record(socket)
  ask(socket, '/', { version: '1.0' })
  await vi.waitFor(() => expect(received().toString()).toContain('id: E:10'))
  channel.shutdown()
  await once(socket, 'close')
  expect(joinable(received()).toString()).toMatch(/^retry: \d{4}\n\nid: E:10\n.*event: bye\n.*\n\n$/s)
})

test.each(['1.0', '1.1'])(
  'a client that takes no byte for too long loses its connection (HTTP/%s)',
  async (version) => {
    const socket = host.connect()
    socket.pause()
    ask(socket, '/', { version })
    await vi.waitFor(() => expect(channel.size).toBe(1))
    // Megabytes, beyond what the kernel holds on both sides.
    for (let timestamp = 11; timestamp < 41; timestamp++) {
      now += 1_000
      channel.publish([batch(timestamp, 'x'.repeat(1_000_000) + timestamp)])
    }
    channel.heartbeat()
    now += STALL_MS
    channel.heartbeat()
    expect(onClose).toHaveBeenCalledExactlyOnceWith('slow')
    await vi.waitFor(() => expect(serverEnd?.destroyed).toBe(true))
    socket.destroy()
  },
)

test('a host that ends what it should let go is not asked again', async () => {
  vi.resetModules()
  const fresh = await import('./response.ts')
  const other = await startFakeHost(
    (request, response) =>
      fresh.streamResponse(channel, {
        lastEventId: undefined,
        wantsSnapshot: true,
        isGzip: false,
        signal: request.signal,
        response,
        onClose,
      }),
    { endsOnAbort: true },
  )
  const first = other.connect()
  const firstReceived = record(first)
  ask(first, '/')
  await vi.waitFor(() => expect(firstReceived().toString()).toMatch(/\r\n0\r\n\r\n$/))
  await vi.waitFor(() => expect(onClose).toHaveBeenCalledExactlyOnceWith('client'))
  const second = other.connect()
  const received = record(second)
  ask(second, '/')
  await vi.waitFor(() => expect(received().toString()).toContain('id: E:10'))
  channel.publish([batch(11, 'b')])
  await vi.waitFor(() => expect(received().toString()).toContain('id: E:11'))
  expect(other.bytesByHost()).toBeGreaterThan(100)
  await other.close()
})
