// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Connection } from '../client/connection.ts'
import { FakeEventSource } from '../client/fake-event-source.ts'
import type { StreamEvent } from '../protocol/events.ts'
import { FoldError } from '../protocol/fold.ts'
import { FakeLocks } from './fake-locks.ts'
import { FakeWorker, openPlain } from './fake-worker.ts'
import type { WorkerHandle } from './worker-line.ts'
import { WorkerStream } from './worker-stream.ts'

let worker: FakeWorker
let openWorker: () => WorkerHandle
let plain: number
let events: StreamEvent[]
let onEvent: (event: StreamEvent) => void
let unseen: number
let connection: Connection | undefined
let stream: WorkerStream
let visibility: DocumentVisibilityState

beforeEach(() => {
  vi.useFakeTimers()
  visibility = 'visible'
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility)
  FakeEventSource.opened = []
  worker = new FakeWorker()
  openWorker = vi.fn(() => worker.open())
  plain = 0
  events = []
  onEvent = (event) => events.push(event)
  unseen = 0
  stream = new WorkerStream(
    {
      query: { relation: 'r' },
      lastEventId: () => events.flatMap((event) => ('id' in event ? event.id : [])).at(-1),
      onBegin: () => {},
      onEvent: (event) => onEvent(event),
      onUnseen: () => {
        unseen += 1
      },
      onConnection: (next) => {
        connection = next
      },
    },
    {
      openWorker: () => openWorker(),
      openPlain: (reader) => {
        plain += 1
        return openPlain(reader)
      },
    },
  )
})

afterEach(() => {
  stream.close()
  expect(vi.getTimerCount()).toBe(0)
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const snapshot = (id = 'e:1'): StreamEvent => ({
  kind: 'snapshot',
  id,
  data: { relation: 'r', columns: [], timestamp: id.slice(2), part: 1, parts: 1, rows: [{ id: 1 }] },
})
const update = (t: number): StreamEvent => ({
  kind: 'update',
  id: `e:${t}`,
  data: { timestamp: String(t), updates: [{ diff: 1, row: { id: t } }] },
})
const look = (state: DocumentVisibilityState) => {
  visibility = state
  document.dispatchEvent(new Event('visibilitychange'))
}
const turn = (kind: 'pagehide' | 'pageshow') =>
  window.dispatchEvent(Object.assign(new Event(kind), { persisted: true }))

describe('with a worker that works', () => {
  beforeEach(() => {
    stream.open()
    FakeEventSource.newest.send(snapshot())
  })

  test('what the worker reads is what the tab is told', () => {
    FakeEventSource.newest.send(update(2))
    expect(events).toEqual([snapshot(), update(2)])
    expect(connection?.state).toBe('live')
    FakeEventSource.newest.cut()
    expect(connection).toMatchObject({ state: 'reconnecting', trouble: 'cut' })
  })

  test('however many changes come in a second, the tab is told ten times', () => {
    for (let t = 2; t < 1_002; t += 1) {
      FakeEventSource.newest.send(update(t))
      vi.advanceTimersByTime(1)
    }
    vi.advanceTimersByTime(100)
    const updates = events.filter(({ kind }) => kind === 'update')
    expect(updates.length).toBeLessThanOrEqual(11)
    const told = updates.flatMap((event) => (event.kind === 'update' ? event.data.updates : []))
    expect(told).toHaveLength(1_000)
  })

  test('a hidden tab is told on its return what it could not see', () => {
    look('hidden')
    FakeEventSource.newest.send(update(2))
    FakeEventSource.newest.send(update(3))
    expect([events.length, unseen]).toEqual([1, 0])
    look('visible')
    expect(events).toMatchObject([{}, { kind: 'update', id: 'e:3', data: { updates: { length: 2 } } }])
    expect(unseen).toBe(1)
  })

  test('the retry of one tab is the retry of all', () => {
    FakeEventSource.newest.refuse()
    FakeEventSource.newest.refuse()
    const { length } = FakeEventSource.opened
    stream.retryNow()
    expect(FakeEventSource.opened).toHaveLength(length + 1)
  })

  test('rows that do not fit are asked for anew', () => {
    onEvent = () => {
      onEvent = (event) => events.push(event)
      throw new FoldError('{}', '2')
    }
    FakeEventSource.newest.send(update(2))
    expect(events).toMatchObject([{}, { kind: 'snapshot', id: 'e:2' }])
    expect(FakeEventSource.opened).toHaveLength(1)
  })

  test('a page that is left holds no stream; one that is returned to has it again', () => {
    turn('pagehide')
    expect(FakeEventSource.newest.closed).toBe(true)
    vi.advanceTimersByTime(60_000)
    turn('pageshow')
    FakeEventSource.newest.send(snapshot('e:5'))
    expect(events.at(-1)).toEqual(snapshot('e:5'))
    expect(openWorker).toHaveBeenCalledTimes(1)
  })

  test('a tab that the worker had given up joins again', () => {
    worker.isMute = true
    vi.advanceTimersByTime(4_000)
    // It is asleep: its timers do not run, while those of the worker do.
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 600_000)
    worker.isMute = false
    FakeEventSource.newest.send(update(2))
    worker.forgetTheSilent()
    expect(FakeEventSource.newest.closed).toBe(true)
    vi.advanceTimersByTime(1_000)
    FakeEventSource.newest.send(snapshot('e:5'))
    expect(events.at(-1)).toEqual(snapshot('e:5'))
    expect(plain).toBe(0)
  })

  test('a tab that crashes is noticed by its lock', async () => {
    vi.stubGlobal('navigator', { locks: FakeLocks.create() })
    stream.close()
    stream.open()
    FakeEventSource.newest.send(snapshot())
    await vi.advanceTimersByTimeAsync(0)
    // It says nothing any more, and its locks are freed.
    worker.isMute = true
    const source = FakeEventSource.newest
    stream.close()
    expect(source.closed).toBe(false)
    await vi.advanceTimersByTimeAsync(0)
    expect(source.closed).toBe(true)
    vi.unstubAllGlobals()
  })

  test('while it answers it is never taken for dead', () => {
    vi.advanceTimersByTime(600_000)
    expect([plain, vi.mocked(openWorker).mock.calls.length]).toEqual([0, 1])
  })

  test('one that dies is started anew', () => {
    worker.die()
    worker = new FakeWorker()
    vi.advanceTimersByTime(15_000)
    expect(openWorker).toHaveBeenCalledTimes(2)
    FakeEventSource.newest.send(snapshot('e:9'))
    expect(events.at(-1)).toEqual(snapshot('e:9'))
    expect([connection?.state, plain]).toEqual(['live', 0])
  })

  test('one that dies for good is replaced by a connection of the tab, which goes on from its rows', () => {
    worker.die()
    worker = new FakeWorker()
    worker.isMute = true
    vi.advanceTimersByTime(30_000)
    expect(plain).toBe(1)
    expect(FakeEventSource.newest.lastEventId).toBe('e:1')
    FakeEventSource.newest.send(update(9))
    expect([events.at(-1), connection?.state]).toEqual([update(9), 'live'])
    look('hidden')
    look('visible')
    stream.close()
    stream.open()
    expect(plain).toBe(1)
  })
})

describe('a connection of its own has a tab', () => {
  const expectPlain = () => {
    expect(plain).toBe(1)
    FakeEventSource.newest.send(snapshot())
    expect([events, connection?.state]).toEqual([[snapshot()], 'live'])
  }

  test('whose browser forbids workers', () => {
    openWorker = () => {
      throw new DOMException('no', 'SecurityError')
    }
    stream.open()
    expectPlain()
  })

  test('whose worker cannot be loaded', () => {
    worker.isMute = true
    stream.open()
    worker.fail()
    worker.fail()
    expectPlain()
  })

  test('whose worker never answers', () => {
    worker.isMute = true
    stream.open()
    vi.advanceTimersByTime(10_000)
    expectPlain()
  })

  test('whose worker knows no EventSource', () => {
    worker.cannotRead = true
    stream.open()
    expectPlain()
  })
})
