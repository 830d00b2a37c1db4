// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { transports } from '../browser/fake-worker.ts'
import type { StreamEvent } from '../protocol/events.ts'
import { FakeEventSource } from './fake-event-source.ts'
import { MAX_RAW_TEXT, type RawEvent } from './raw-event.ts'
import type { Stream } from './stream.ts'

let visibility: DocumentVisibilityState
let raw: RawEvent[]
let seen: StreamEvent[]
let stream: Stream

describe.each(['plain', 'worker'] as const)('raw events over the %s transport', (transport) => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 7_000 })
    visibility = 'visible'
    vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility)
    FakeEventSource.opened = []
    raw = []
    seen = []
    stream = transports[transport]()({
      query: { relation: 'r' },
      lastEventId: () => undefined,
      onBegin: () => {},
      onRaw: (event) => raw.push(event),
      onEvent: (event) => seen.push(event),
      onConnection: () => {},
    })
    stream.open()
  })

  afterEach(() => {
    stream.close()
    vi.restoreAllMocks()
    vi.useRealTimers()
  })

  const part = (index: number): StreamEvent => ({
    kind: 'snapshot',
    ...(index === 2 && { id: 'e:100' }),
    data: { relation: 'r', columns: [], timestamp: '100', part: index, parts: 2, rows: [{ id: index }] },
  })

  test('are those that the server sent, parts and all, however the rows reach the page', () => {
    const { newest } = FakeEventSource
    newest.send(part(1))
    newest.send(part(2))
    newest.send({ kind: 'status', data: { state: 'reconnecting', reason: 'ü' } })
    expect(raw.map(({ kind }) => kind)).toEqual(['snapshot', 'snapshot', 'status'])
    expect(raw.map(({ id }) => id)).toEqual([undefined, 'e:100', 'e:100'])
    expect(JSON.parse(raw[2]?.text ?? '')).toEqual({ state: 'reconnecting', reason: 'ü' })
    expect(raw[2]).toMatchObject({ receivedAtMs: 7_000, bytes: (raw[2]?.text.length ?? 0) + 1 })
    expect(seen.length).toBeGreaterThan(0)
  })

  test('keep the beginning of a long text, and how long it was', () => {
    FakeEventSource.newest.sendText('status', JSON.stringify({ reason: 'x'.repeat(50_000) }))
    expect(raw[0]?.text).toHaveLength(MAX_RAW_TEXT)
    expect(raw[0]?.bytes).toBe(50_013)
  })

  test('are shown even where they cannot be read', () => {
    FakeEventSource.newest.sendText('update', 'no JSON')
    expect(raw[0]?.text).toBe('no JSON')
    expect(seen).toEqual([])
  })
})
