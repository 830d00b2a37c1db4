import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { StreamEvent } from '../protocol/events.ts'
import { FoldError } from '../protocol/fold.ts'
import type { Connection } from './connection.ts'
import { FakeEventSource } from './fake-event-source.ts'
import type { Refusal } from './refusal.ts'
import { StreamClient } from './stream-client.ts'
import { OwnSlots } from './stream-slots.ts'

let connection: Connection
let lastEventId: string | undefined
let begun: number
let refusal: Refusal | undefined
let onEvent: (event: StreamEvent) => void
let client: StreamClient

beforeEach(() => {
  vi.useFakeTimers()
  FakeEventSource.opened = []
  lastEventId = undefined
  refusal = undefined
  begun = 0
  onEvent = (event) => {
    if ('id' in event) lastEventId = event.id ?? lastEventId
  }
  client = new StreamClient({
    query: { relation: 'sensors_view' },
    slots: new OwnSlots(),
    openEventSource: FakeEventSource.open,
    explainRefusal: () => Promise.resolve(refusal),
    random: () => 1,
    lastEventId: () => lastEventId,
    onBegin: () => {
      begun += 1
    },
    onEvent: (event) => onEvent(event),
    onConnection: (next) => {
      connection = next
    },
  })
  client.open()
})

afterEach(() => {
  client.close()
  vi.useRealTimers()
})

const snapshot = (id = 'e:100'): StreamEvent => ({
  kind: 'snapshot',
  id,
  data: { relation: 'sensors_view', columns: [], timestamp: '100', part: 1, parts: 1, rows: [] },
})
const heartbeat = (id?: string, lagMs = 500): StreamEvent => ({
  kind: 'heartbeat',
  ...(id && { id }),
  data: { timestamp: '100', now: 600, lagMs },
})
const status = (state: 'live' | 'reconnecting' | 'gone'): StreamEvent => ({
  kind: 'status',
  data: { state, reason: 'because' },
})

describe('a stream that works', () => {
  test('asks for its relation and begins with a snapshot', () => {
    expect(FakeEventSource.newest.relation).toBe('sensors_view')
    expect(FakeEventSource.newest.lastEventId).toBeNull()
    expect(connection.state).toBe('connecting')
  })

  test('is live once the last part of a snapshot has come, and not before', () => {
    const { kind, data } = snapshot() as Extract<StreamEvent, { kind: 'snapshot' }>
    FakeEventSource.newest.send({ kind, data: { ...data, part: 1, parts: 2 } })
    expect(connection.state).toBe('connecting')
    FakeEventSource.newest.send({ kind, id: 'e:100', data: { ...data, part: 2, parts: 2 } })
    expect(connection.state).toBe('live')
  })

  test('keeps the same state while heartbeats come', () => {
    FakeEventSource.newest.send(snapshot())
    const before = connection
    for (let beat = 0; beat < 10; beat += 1) {
      vi.advanceTimersByTime(5_000)
      FakeEventSource.newest.send(heartbeat('e:100'))
    }
    expect(connection).toBe(before)
    expect(FakeEventSource.opened).toHaveLength(1)
  })

  test('is not live by a heartbeat that comes between the parts of its first snapshot', () => {
    FakeEventSource.newest.send(heartbeat())
    expect(connection.state).toBe('connecting')
  })
})

describe('a stream that falls silent', () => {
  test('is stale after 8 seconds', () => {
    FakeEventSource.newest.send(snapshot())
    vi.advanceTimersByTime(7_999)
    expect(connection.state).toBe('live')
    vi.advanceTimersByTime(1)
    expect(connection).toMatchObject({ state: 'stale', trouble: 'silent' })
  })

  test('is opened anew after 15 seconds, from the last id', () => {
    FakeEventSource.newest.send(snapshot('e:7'))
    const first = FakeEventSource.newest
    vi.advanceTimersByTime(15_000)
    expect(first.closed).toBe(true)
    expect(FakeEventSource.newest.lastEventId).toBe('e:7')
    expect(connection).toMatchObject({ state: 'reconnecting', trouble: 'silent', attempt: 1 })
    FakeEventSource.newest.send({ kind: 'update', id: 'e:9', data: { timestamp: '9', updates: [] } })
    expect(connection.state).toBe('live')
  })

  test('is not heard any more once another one is open', () => {
    FakeEventSource.newest.send(snapshot('e:7'))
    const first = FakeEventSource.newest
    vi.advanceTimersByTime(15_000)
    first.send(snapshot('e:6'))
    expect(lastEventId).toBe('e:7')
  })
})

describe('a stream that breaks', () => {
  test('is left to the browser, which goes on with the last id', () => {
    FakeEventSource.newest.send(snapshot())
    FakeEventSource.newest.cut()
    expect(connection).toMatchObject({ state: 'reconnecting', trouble: 'cut' })
    expect(FakeEventSource.opened).toHaveLength(1)
    expect(begun).toBe(2)
    FakeEventSource.newest.send(heartbeat('e:100'))
    expect(connection.state).toBe('live')
  })

  test('after a farewell is said to be restarting', () => {
    FakeEventSource.newest.send(snapshot())
    FakeEventSource.newest.send({ kind: 'bye', data: { reason: 'shutdown' } })
    FakeEventSource.newest.cut()
    expect(connection).toMatchObject({ state: 'reconnecting', trouble: 'shutdown' })
  })

  test('is lost after 30 seconds without success, and still tried', () => {
    FakeEventSource.newest.send(snapshot())
    for (let second = 0; second < 32; second += 2) {
      FakeEventSource.newest.cut()
      vi.advanceTimersByTime(2_000)
    }
    FakeEventSource.newest.cut()
    expect(connection.state).toBe('lost')
    FakeEventSource.newest.send(heartbeat('e:100'))
    expect(connection.state).toBe('live')
  })
})

describe('a stream that is refused', () => {
  test('is opened anew with a growing delay that is told', () => {
    FakeEventSource.newest.send(snapshot())
    const delays: number[] = []
    for (let attempt = 0; attempt < 4; attempt += 1) {
      FakeEventSource.newest.refuse()
      if (!('attempt' in connection) || connection.nextRetryAt === undefined)
        throw new Error('no time is told')
      delays.push(connection.nextRetryAt - Date.now())
      vi.advanceTimersToNextTimer()
    }
    expect(delays).toEqual([250, 500, 1000, 2000])
    expect(FakeEventSource.opened).toHaveLength(5)
    expect(FakeEventSource.newest.lastEventId).toBe('e:100')
  })

  test('tells what the server says about the relation', async () => {
    refusal = { trouble: 'missing', detail: 'There is no relation sensors_view.' }
    FakeEventSource.newest.refuse()
    await vi.advanceTimersByTimeAsync(1)
    expect(connection).toMatchObject({ state: 'lost', ...refusal })
  })

  test('is tried at once when the reader asks for it', () => {
    FakeEventSource.newest.refuse()
    client.retryNow()
    expect(FakeEventSource.opened).toHaveLength(2)
    vi.advanceTimersByTime(250)
    expect(FakeEventSource.opened).toHaveLength(2)
  })
})

describe('a database that is away', () => {
  test('makes the rows stale, whatever is still on its way, until the server says otherwise', () => {
    FakeEventSource.newest.send(snapshot())
    FakeEventSource.newest.send(status('reconnecting'))
    FakeEventSource.newest.send(heartbeat('e:100', 60_000))
    FakeEventSource.newest.send({ kind: 'update', id: 'e:101', data: { timestamp: '101', updates: [] } })
    expect(connection).toMatchObject({ state: 'stale', trouble: 'database' })
    FakeEventSource.newest.send(status('live'))
    expect(connection.state).toBe('live')
  })

  test('is back when rows come later, though nobody says so', () => {
    FakeEventSource.newest.send(snapshot())
    FakeEventSource.newest.send(status('reconnecting'))
    vi.advanceTimersByTime(2_000)
    FakeEventSource.newest.send(snapshot('f:1'))
    expect(connection.state).toBe('live')
  })

  test('before the first rows is told while connecting', () => {
    FakeEventSource.newest.send(status('reconnecting'))
    expect(connection).toMatchObject({ state: 'connecting', trouble: 'database' })
  })

  test('makes the rows stale when they are more than 10 seconds behind', () => {
    FakeEventSource.newest.send(snapshot())
    FakeEventSource.newest.send(heartbeat('e:100', 10_001))
    expect(connection).toMatchObject({ state: 'stale', trouble: 'behind' })
    FakeEventSource.newest.send(heartbeat('e:101', 20))
    expect(connection.state).toBe('live')
  })

  test('that has dropped the relation is asked again later', () => {
    FakeEventSource.newest.send(snapshot())
    FakeEventSource.newest.send(status('gone'))
    expect(connection).toMatchObject({ state: 'lost', trouble: 'gone', detail: 'because' })
    vi.advanceTimersByTime(250)
    expect(FakeEventSource.opened).toHaveLength(2)
  })
})

describe('what does not fit', () => {
  test.each([
    ['rows that cannot be folded', () => FakeEventSource.newest.send(heartbeat('e:101'))],
    ['data that is not JSON', () => FakeEventSource.newest.sendText('update', '<html>')],
  ])('%s lead to a fresh snapshot', (_, send) => {
    FakeEventSource.newest.send(snapshot())
    onEvent = () => {
      throw new FoldError('{}', '101')
    }
    send()
    expect(connection).toMatchObject({ state: 'reconnecting', trouble: 'inexact' })
    vi.advanceTimersByTime(250)
    expect(FakeEventSource.newest.lastEventId).toBeNull()
    onEvent = () => {}
    FakeEventSource.newest.send(heartbeat('e:100'))
    expect(connection.state).not.toBe('live')
    FakeEventSource.newest.send(snapshot())
    expect(connection.state).toBe('live')
  })
})

test('a closed client leaves neither a stream nor a timer', () => {
  FakeEventSource.newest.send(snapshot())
  client.close()
  client.close()
  expect(FakeEventSource.newest.closed).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})
