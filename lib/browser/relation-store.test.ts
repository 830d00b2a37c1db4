// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { FakeEventSource } from '../client/fake-event-source.ts'
import type { StreamEvent } from '../protocol/events.ts'
import type { FoldChange } from '../protocol/fold.ts'
import type { Row } from '../protocol/row.ts'
import { transports } from './fake-worker.ts'
import { RelationStore } from './relation-store.ts'

let visibility: DocumentVisibilityState
let unseenShows: boolean[]
let store: RelationStore<number>
let notified: number
let unsubscribe: () => void

/** Counts the changes: enough to see when they arrive. */
const counter = () => {
  let changes = 0
  return {
    apply: (_: FoldChange) => {
      changes += 1
    },
    show: (_: number, unseen: boolean) => {
      unseenShows.push(unseen)
      return changes
    },
  }
}

function listen(): () => void {
  return store.subscribe(() => {
    notified += 1
  })
}

const snapshot = (rows: Row[]): StreamEvent => ({
  kind: 'snapshot',
  id: 'e:100',
  data: {
    relation: 'r',
    columns: [{ name: 'id', type: 'integer' }],
    timestamp: '100',
    part: 1,
    parts: 1,
    rows,
  },
})
const insert = (timestamp: number, row: Row): StreamEvent => ({
  kind: 'update',
  id: `e:${timestamp}`,
  data: { timestamp: String(timestamp), updates: [{ diff: 1, row }] },
})

describe.each(['plain', 'worker'] as const)('over the %s transport', (transport) => {
  beforeEach(() => {
    vi.useFakeTimers()
    visibility = 'visible'
    vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility)
    FakeEventSource.opened = []
    unseenShows = []
    notified = 0
    store = new RelationStore({
      relation: 'sensors_view',
      projection: counter(),
      openStream: transports[transport](),
    })
    unsubscribe = listen()
    vi.advanceTimersByTime(1_000)
    notified = 0
  })

  afterEach(() => {
    unsubscribe()
    vi.advanceTimersByTime(2_000)
    vi.restoreAllMocks()
    vi.useRealTimers()
  })

  describe('notifications', () => {
    test('come at most once a frame, however many events come', () => {
      FakeEventSource.newest.send(snapshot([{ id: 1 }]))
      for (let t = 101; t < 150; t += 1) FakeEventSource.newest.send(insert(t, { id: t }))
      expect(notified).toBe(0)
      vi.advanceTimersByTime(400)
      // The worker tells of the first change at once, and then of the others as one.
      const pictures = transport === 'plain' ? 1 : 2
      expect(notified).toBe(pictures)
      const view = transport === 'plain' ? 50 : 3
      expect(store.getState()).toMatchObject({ size: 50, asOfMs: 149, ready: true, view })
    })

    test('leave the state the same object until something changes', () => {
      FakeEventSource.newest.send(snapshot([]))
      vi.advanceTimersByTime(400)
      const before = store.getState()
      vi.advanceTimersByTime(4_000)
      expect(store.getState()).toBe(before)
      expect(before.ready).toBe(true)
    })

    test('wait while the page is hidden; the return shows all at once', () => {
      FakeEventSource.newest.send(snapshot([]))
      vi.advanceTimersByTime(400)
      notified = 0
      visibility = 'hidden'
      for (let t = 101; t < 110; t += 1) FakeEventSource.newest.send(insert(t, { id: t }))
      vi.advanceTimersByTime(3_000)
      expect(notified).toBe(0)
      visibility = 'visible'
      document.dispatchEvent(new Event('visibilitychange'))
      vi.advanceTimersByTime(400)
      expect(notified).toBe(1)
      expect(unseenShows.at(-1)).toBe(true)
      expect(store.getState().size).toBe(9)
    })
  })

  test('what came while the page was hidden is missing until it is shown', () => {
    FakeEventSource.newest.send(snapshot([]))
    vi.advanceTimersByTime(400)
    const look = (state: DocumentVisibilityState) => {
      visibility = state
      document.dispatchEvent(new Event('visibilitychange'))
    }
    look('hidden')
    // Where nobody else holds the connection, nobody holds anything back.
    expect(store.isBehind).toBe(store.getState().isShared)
    FakeEventSource.newest.send(insert(101, { id: 1 }))
    look('visible')
    vi.advanceTimersByTime(400)
    expect(store.isBehind).toBe(false)
    expect(store.getState().size).toBe(1)
  })

  describe('the stream', () => {
    test('is one for all subscribers', () => {
      const second = listen()
      expect(FakeEventSource.opened).toHaveLength(1)
      second()
      vi.advanceTimersByTime(5_000)
      expect(FakeEventSource.newest.closed).toBe(false)
    })

    test('survives a component that is mounted twice', () => {
      unsubscribe()
      unsubscribe = listen()
      vi.advanceTimersByTime(5_000)
      expect(FakeEventSource.opened).toHaveLength(1)
      expect(FakeEventSource.newest.closed).toBe(false)
    })

    test('closes a second after the last subscriber and shows all rows again when one returns', () => {
      FakeEventSource.newest.send(snapshot([{ id: 1 }]))
      unsubscribe()
      vi.advanceTimersByTime(999)
      expect(FakeEventSource.newest.closed).toBe(false)
      vi.advanceTimersByTime(1)
      expect(FakeEventSource.newest.closed).toBe(true)
      unsubscribe = listen()
      // A worker has nothing to go on from once it has closed the stream.
      expect(FakeEventSource.newest.lastEventId).toBe(transport === 'plain' ? 'e:100' : null)
      FakeEventSource.newest.send(snapshot([{ id: 1 }, { id: 2 }]))
      vi.advanceTimersByTime(400)
      expect(store.getState().size).toBe(2)
    })

    test('that died while the page was hidden is opened anew on return', () => {
      FakeEventSource.newest.send(snapshot([]))
      // A sleeping machine runs no timers.
      vi.setSystemTime(Date.now() + 3_600_000)
      document.dispatchEvent(new Event('visibilitychange'))
      expect(FakeEventSource.opened).toHaveLength(2)
      expect(FakeEventSource.newest.lastEventId).toBe('e:100')
    })
  })

  test('the server clock is taken from heartbeats', () => {
    FakeEventSource.newest.send({
      kind: 'heartbeat',
      id: 'e:100',
      data: { timestamp: '100', now: Date.now() + 5_000, lagMs: 3 },
    })
    vi.advanceTimersByTime(400)
    expect(store.getState().clockOffsetMs).toBe(5_000)
  })
})
