import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Channel } from '../hub/channel.ts'
import { History } from '../hub/history.ts'
import { eventSchemas } from '../protocol/events.ts'
import type { SseChunk } from './chunk.ts'
import { acceptsGzip } from './coding.ts'
import { sseEncoder } from './encode.ts'
import { streamResponse } from './response.ts'

const WHAT = { relation: 'v', columns: [{ name: 'k', type: 'text' }], epoch: 'E' }
const batch = (timestamp: number, ...rows: string[]) => ({
  timestamp: BigInt(timestamp),
  updates: rows.map((k) => ({ diff: 1, row: JSON.stringify({ k }) })),
})

let channel: Channel<SseChunk>
let server: Server
let base: string
const onClose = vi.fn()

// A real server, as only real sockets go away in the ways that matter.
beforeEach(async () => {
  onClose.mockReset()
  channel = new Channel({ encoder: sseEncoder, onEmpty: () => {} })
  server = createServer((request, response) => {
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    const { headers, body } = streamResponse(channel, {
      lastEventId: undefined,
      wantsSnapshot: true,
      isGzip: acceptsGzip(request.headers['accept-encoding'] ?? null),
      signal: request.url === '/no-signal' ? new AbortController().signal : gone.signal,
      onClose,
    })
    response.writeHead(200, Object.fromEntries(headers))
    const stream = Readable.fromWeb(body as NodeReadableStream<Uint8Array>)
    stream.on('error', () => response.destroy())
    response.on('close', () => stream.destroy())
    stream.pipe(response)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

async function* readEvents(
  body: ReadableStream<Uint8Array> | null,
): AsyncGenerator<EventSourceMessage, void> {
  const events: EventSourceMessage[] = []
  const parser = createParser({ onEvent: (event) => events.push(event) })
  const utf8 = new TextDecoder()
  for await (const bytes of body as unknown as AsyncIterable<Uint8Array>) {
    parser.feed(utf8.decode(bytes, { stream: true }))
    yield* events.splice(0)
  }
}

test('the first bytes come before there is any data', async () => {
  const response = await fetch(base)
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
  expect(response.headers.get('cache-control')).toBe('no-cache, no-transform')
  const { value } = await (response.body as ReadableStream<Uint8Array>).getReader().read()
  expect(new TextDecoder().decode(value)).toMatch(/^retry: [1-4]\d{3}\n\n$/)
})

test('gzip or not, each event arrives at once, and a stream that we end has a true end', async () => {
  channel.begin(WHAT, new History(batch(10, 'a')))
  const gzipped = await fetch(base, { headers: { 'Accept-Encoding': 'gzip' } })
  const plain = await fetch(base, { headers: { 'Accept-Encoding': 'identity' } })
  expect(gzipped.headers.get('content-encoding')).toBe('gzip')
  expect(plain.headers.get('content-encoding')).toBe(null)
  expect(gzipped.headers.get('vary')).toBe('Accept-Encoding')
  const readers = [readEvents(gzipped.body), readEvents(plain.body)]
  for (const reader of readers) expect((await reader.next()).value).toMatchObject({ event: 'snapshot' })
  for (let timestamp = 11; timestamp < 20; timestamp++) {
    channel.publish([batch(timestamp, `row ${timestamp}`)])
    for (const reader of readers) expect((await reader.next()).value).toMatchObject({ id: `E:${timestamp}` })
  }
  channel.shutdown()
  for (const reader of readers) expect((await reader.next()).value).toMatchObject({ event: 'bye' })
  // fetch rejects a body whose gzip is cut off.
  for (const reader of readers) expect((await reader.next()).done).toBe(true)
})

test('each event is one that its schema describes, and an independent parser reads it', async () => {
  channel.begin(WHAT, new History(batch(10, 'line\nend', '\u2028 "quoted" ü')))
  const events = readEvents((await fetch(base)).body)
  const snapshot = (await events.next()).value
  expect(snapshot).toMatchObject({ event: 'snapshot', id: 'E:10' })
  expect(eventSchemas.snapshot.parse(JSON.parse(snapshot?.data ?? '')).rows).toEqual([
    { k: 'line\nend' },
    { k: '\u2028 "quoted" ü' },
  ])
  channel.publish([batch(11, 'next')])
  const update = (await events.next()).value
  expect(update).toMatchObject({ event: 'update', id: 'E:11' })
  expect(eventSchemas.update.parse(JSON.parse(update?.data ?? '')).timestamp).toBe('11')
  channel.shutdown()
  expect((await events.next()).value).toMatchObject({ event: 'bye' })
  expect((await events.next()).done).toBe(true)
})

test.each(['/', '/no-signal'])(
  'a client that vanishes is noticed, by the signal or by the stream (%s)',
  async (path) => {
    channel.begin(WHAT, new History(batch(10)))
    const socket: Socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    await once(socket, 'data')
    await vi.waitFor(() => expect(channel.size).toBe(1))
    socket.destroy()
    await vi.waitFor(() => expect(channel.size).toBe(0))
    expect(onClose).toHaveBeenCalledExactlyOnceWith('client')
    channel.publish([batch(11, 'a')])
  },
)

test('a client that takes no bytes is spared what is out of date by the time it reads', async () => {
  const filler = 'x'.repeat(50_000)
  const row = (i: number) => JSON.stringify({ k: `${filler}${i}` })
  channel.begin(WHAT, new History({ timestamp: 0n, updates: [{ diff: 1, row: row(0) }] }))
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.pause()
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await vi.waitFor(() => expect(channel.size).toBe(1))
  const changes = 600
  for (let i = 1; i <= changes; i++) {
    const updates = [
      { diff: -1, row: row(i - 1) },
      { diff: 1, row: row(i) },
    ]
    channel.publish([{ timestamp: BigInt(i), updates }])
  }
  let received = ''
  socket.on('data', (bytes) => {
    received += bytes.toString('latin1')
  })
  socket.resume()
  await vi.waitFor(() => expect(received).toContain(`id: E:${changes}\n`), { timeout: 10_000 })
  // 60 MB were published; what came is what the kernel and our bound held, and one difference.
  expect(received.length).toBeLessThan(20_000_000)
  socket.destroy()
  await vi.waitFor(() => expect(channel.size).toBe(0))
})
