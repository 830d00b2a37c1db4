import { once } from 'node:events'
import type { Socket } from 'node:net'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Channel } from '../hub/channel.ts'
import { History } from '../hub/history.ts'
import { HEARTBEAT_MS } from '../hub/hub.ts'
import { STALL_MS } from '../hub/subscriber.ts'
import { eventSchemas } from '../protocol/events.ts'
import type { SseChunk } from './chunk.ts'
import { acceptsGzip } from './coding.ts'
import { sseEncoder } from './encode.ts'
import { startFakeHost } from './fake-host.ts'
import { streamResponse } from './response.ts'

const WHAT = { relation: 'v', columns: [{ name: 'k', type: 'text' }], epoch: 'E' }
const batch = (timestamp: number, ...rows: string[]) => ({
  timestamp: BigInt(timestamp),
  updates: rows.map((k) => ({ diff: 1, row: JSON.stringify({ k }) })),
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

/** A client that takes bytes only when it is told how many. */
function takeOnDemand(socket: Socket): (bytes: number) => Promise<void> {
  socket.pause()
  return async (bytes) => {
    const until = socket.bytesRead + bytes
    socket.resume()
    while (socket.bytesRead < until) await once(socket, 'data')
    socket.pause()
  }
}

let now = 0
let channel: Channel<SseChunk>
let host: Awaited<ReturnType<typeof startFakeHost>>
const onClose = vi.fn()
let signOut = () => {}
const forgetSession = vi.fn()

// Through the stream that the host reads, or past it to the socket: a client cannot tell which.
describe.each(['host', 'socket'])('by the %s', (way) => {
  // A real server, as only real sockets go away in the ways that matter.
  beforeEach(async () => {
    now = 0
    onClose.mockReset()
    forgetSession.mockReset()
    channel = new Channel({ encoder: sseEncoder, onEmpty: () => {}, now: () => now })
    host = await startFakeHost(async (request, response) => {
      if (request.url.endsWith('/late')) await once(response, 'close')
      return streamResponse(channel, {
        lastEventId: undefined,
        wantsSnapshot: !request.url.endsWith('/news'),
        isGzip: acceptsGzip(request.headers.get('accept-encoding')),
        signal: request.url.endsWith('/no-signal') ? new AbortController().signal : request.signal,
        response: way === 'socket' ? response : undefined,
        onSessionEnd: (onEnd) => {
          signOut = onEnd
          return forgetSession
        },
        onClose,
      })
    })
  })

  afterEach(() => host.close())

  test('the first bytes come before there is any data', async () => {
    const response = await fetch(host.url)
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    expect(response.headers.get('cache-control')).toBe('no-cache, no-transform')
    const { value } = await (response.body as ReadableStream<Uint8Array>).getReader().read()
    expect(new TextDecoder().decode(value)).toMatch(/^retry: [1-4]\d{3}\n\n$/)
  })

  test('gzip or not, each event arrives at once, and a stream that we end has a true end', async () => {
    channel.begin(WHAT, new History(batch(10, 'a')))
    const gzipped = await fetch(host.url, { headers: { 'Accept-Encoding': 'gzip' } })
    const plain = await fetch(host.url, { headers: { 'Accept-Encoding': 'identity' } })
    expect(gzipped.headers.get('content-encoding')).toBe('gzip')
    expect(plain.headers.get('content-encoding')).toBe(null)
    expect(gzipped.headers.get('vary')).toBe('Accept-Encoding')
    const readers = [readEvents(gzipped.body), readEvents(plain.body)]
    for (const reader of readers) expect((await reader.next()).value).toMatchObject({ event: 'snapshot' })
    for (let timestamp = 11; timestamp < 20; timestamp++) {
      channel.publish([batch(timestamp, `row ${timestamp}`)])
      for (const reader of readers)
        expect((await reader.next()).value).toMatchObject({ id: `E:${timestamp}` })
    }
    channel.shutdown()
    for (const reader of readers) expect((await reader.next()).value).toMatchObject({ event: 'bye' })
    // fetch rejects a body whose gzip is cut off.
    for (const reader of readers) expect((await reader.next()).done).toBe(true)
  })

  test('each event is one that its schema describes, and an independent parser reads it', async () => {
    channel.begin(WHAT, new History(batch(10, 'line\nend', '\u2028 "quoted" ü')))
    const events = readEvents((await fetch(host.url)).body)
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
      const socket = host.connect()
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
      await once(socket, 'data')
      await vi.waitFor(() => expect(channel.size).toBe(1))
      socket.destroy()
      await vi.waitFor(() => expect(channel.size).toBe(0))
      expect(onClose).toHaveBeenCalledExactlyOnceWith('client')
      channel.publish([batch(11, 'a')])
    },
  )

  test('a client that left before its stream began is noticed', async () => {
    channel.begin(WHAT, new History(batch(10)))
    const socket = host.connect()
    socket.end('GET /late HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await vi.waitFor(() => expect(onClose).toHaveBeenCalledExactlyOnceWith('client'))
    expect(channel.size).toBe(0)
    channel.publish([batch(11, 'a')])
  })

  test('a client that takes no bytes is spared what is out of date by the time it reads', {
    timeout: 60_000,
  }, async () => {
    const filler = 'x'.repeat(50_000)
    const row = (i: number) => JSON.stringify({ k: `${filler}${i}` })
    channel.begin(WHAT, new History({ timestamp: 0n, updates: [{ diff: 1, row: row(0) }] }))
    const socket = host.connect()
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
    await vi.waitFor(() => expect(received).toContain(`id: E:${changes}\n`), { timeout: 30_000 })
    // 60 MB were published; what came is what the kernel and our bound held, and one difference.
    expect(received.length).toBeLessThan(20_000_000)
    socket.destroy()
    await vi.waitFor(() => expect(channel.size).toBe(0))
  })

  test('slow is a client that takes nothing, not one that takes little', { timeout: 60_000 }, async () => {
    // One event is a thousand rows. A socket shows how much of it is taken, a host takes it as a whole.
    const [rows, rowBytes] = way === 'socket' ? [4_000, 12_000] : [48_000, 1_000]
    const filler = 'x'.repeat(rowBytes)
    channel.begin(WHAT, new History(batch(10, ...Array.from({ length: rows }, (_, i) => filler + i))))
    const socket = host.connect()
    const taken = takeOnDemand(socket)
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await vi.waitFor(() => expect(channel.size).toBe(1))
    const beat = (ms: number) => {
      for (const end = now + ms; now < end; now += HEARTBEAT_MS) channel.heartbeat()
    }
    // Beyond what the kernel holds, so that it has to be refilled.
    for (let i = 0; i < 10; i++) {
      await taken(3_000_000)
      beat(STALL_MS / 3)
      expect(onClose).not.toHaveBeenCalled()
    }
    // The kernel may still have room for what the host has in its hands.
    await vi.waitFor(() => {
      beat(STALL_MS + 2 * HEARTBEAT_MS)
      expect(onClose).toHaveBeenCalledExactlyOnceWith('slow')
    })
    socket.destroy()
  })

  test.each(['identity', 'gzip'])(
    'a session that ends ends its stream, and truly so (%s)',
    async (coding) => {
      channel.begin(WHAT, new History(batch(10, 'a')))
      const events = readEvents((await fetch(host.url, { headers: { 'Accept-Encoding': coding } })).body)
      expect((await events.next()).value).toMatchObject({ event: 'snapshot' })
      expect(forgetSession).not.toHaveBeenCalled()
      signOut()
      expect((await events.next()).done).toBe(true)
      expect(onClose).toHaveBeenCalledExactlyOnceWith('signed-out')
      expect(forgetSession).toHaveBeenCalledOnce()
      expect(channel.size).toBe(0)
    },
  )

  test('a client that wants only news has its position first', async () => {
    channel.begin(WHAT, new History(batch(10, 'a')))
    const events = readEvents((await fetch(`${host.url}/news`)).body)
    expect((await events.next()).value).toMatchObject({ event: 'heartbeat', id: 'E:10' })
    channel.publish([batch(11, 'b')])
    expect((await events.next()).value).toMatchObject({ event: 'update', id: 'E:11' })
  })
})
