import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Connection } from '../client/connection.ts'
import { FakeEventSource } from '../client/fake-event-source.ts'
import { FakeServer, histories } from '../client/fake-server.ts'
import type { Update } from '../protocol/events.ts'
import { Fold } from '../protocol/fold.ts'
import { FakeWorker } from './fake-worker.ts'
import type { Port, ToTab, ToWorker } from './worker-messages.ts'

beforeEach(() => {
  vi.useFakeTimers()
  FakeEventSource.opened = []
})
afterEach(() => vi.useRealTimers())

/** A tab that does what it is told, and folds what it is sent. */
class TestTab {
  readonly fold = new Fold()
  readonly heard: ToTab[] = []
  connection: Connection | undefined
  readonly #port: Port

  constructor(worker: FakeWorker, relation = 'r') {
    this.#port = worker.open().port
    this.#port.addEventListener('message', ({ data }: MessageEvent<ToTab>) => this.#receive(data))
    this.say({ kind: 'join', query: { relation }, isHidden: false })
  }

  get rows(): Map<string, number> {
    return new Map(
      [...this.fold.rows()].map(({ row, count }) => [JSON.stringify(row), count] as const).sort(),
    )
  }

  say(message: ToWorker): void {
    this.#port.postMessage(message)
  }

  #receive(message: ToTab): void {
    this.heard.push(message)
    if (message.kind !== 'news') return
    for (const event of message.events) this.fold.apply(event)
    this.connection = message.connection ?? this.connection
  }
}

const sorted = (rows: Map<string, number>) => new Map([...rows].sort())
const insert = (id: number): Update<string> => ({ diff: 1, row: `{"id":${id}}` })
const remove = (id: number): Update<string> => ({ diff: -1, row: `{"id":${id}}` })

function send(server: FakeServer, at: number, from: string | null = null): void {
  for (const event of server.answer(from, at)) FakeEventSource.newest.send(event)
}

describe('tabs of one browser', () => {
  test('share one connection, and a later one has all rows at once', () => {
    const worker = new FakeWorker()
    const server = new FakeServer([[insert(1), insert(2), insert(3)], [remove(2)]])
    const first = new TestTab(worker)
    send(server, 1)
    send(server, 2, 'e:1')
    const second = new TestTab(worker)
    expect(FakeEventSource.opened).toHaveLength(1)
    expect(second.rows).toEqual(sorted(server.rowsAt(2)))
    expect(second.connection).toEqual(first.connection)
    expect(second.connection?.state).toBe('live')
  })

  test('read different relations over different connections, four at most', () => {
    const worker = new FakeWorker()
    const tabs = ['a', 'b', 'c', 'd', 'e', 'e'].map((relation) => new TestTab(worker, relation))
    expect(FakeEventSource.opened.map(({ relation }) => relation)).toEqual(['a', 'b', 'c', 'd'])
    for (const tab of tabs.slice(4)) {
      expect(tab.connection).toMatchObject({ state: 'connecting', trouble: 'waiting' })
    }
    tabs[1]?.say({ kind: 'leave' })
    expect(FakeEventSource.newest.relation).toBe('e')
    expect(tabs[5]?.connection).not.toHaveProperty('trouble')
  })

  test('are forgotten when nothing is heard of them, and told so when they wake', () => {
    const worker = new FakeWorker()
    const [crashed, alive] = [new TestTab(worker, 'a'), new TestTab(worker, 'b')]
    const [a, b] = FakeEventSource.opened
    for (let minute = 0; minute < 4; minute += 1) {
      vi.advanceTimersByTime(60_000)
      alive.say({ kind: 'alive' })
      expect(alive.heard.at(-1)).toEqual({ kind: 'alive' })
    }
    expect([a, b].map((source) => source && FakeEventSource.opened.includes(source))).toEqual([true, true])
    expect(FakeEventSource.opened.filter(({ relation, closed }) => relation === 'a' && !closed)).toEqual([])
    crashed.say({ kind: 'alive' })
    expect(crashed.heard.at(-1)).toEqual({ kind: 'forgotten' })
  })

  test('leave no timer and no connection behind', () => {
    const worker = new FakeWorker()
    const tabs = [new TestTab(worker), new TestTab(worker)]
    for (const tab of tabs) tab.say({ kind: 'leave' })
    for (const tab of tabs) tab.say({ kind: 'leave' })
    expect(FakeEventSource.newest.closed).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('a hidden tab', () => {
  const setUp = (batches: Update<string>[][]) => {
    const worker = new FakeWorker()
    const server = new FakeServer(batches)
    const tab = new TestTab(worker)
    send(server, 1)
    tab.say({ kind: 'presence', isHidden: true })
    tab.heard.length = 0
    return { worker, server, tab }
  }

  test('is sent nothing, and on its return one difference', () => {
    const { server, tab } = setUp([
      [insert(1), insert(2), insert(3)],
      [insert(4), remove(1)],
      [remove(4), insert(5)],
    ])
    send(server, 2, 'e:1')
    send(server, 3, 'e:2')
    expect(tab.heard).toEqual([])
    tab.say({ kind: 'presence', isHidden: false })
    expect(tab.heard).toMatchObject([
      {
        kind: 'news',
        isUnseen: true,
        events: [{ kind: 'update', id: 'e:3', data: { updates: [{ diff: -1 }, { diff: 1 }] } }],
        connection: { state: 'live' },
      },
    ])
    expect(tab.rows).toEqual(sorted(server.rowsAt(3)))
  })

  test('is sent all rows where that is less than what has changed', () => {
    const { server, tab } = setUp([
      [insert(1), insert(2), insert(3)],
      [remove(1), remove(2)],
    ])
    send(server, 2, 'e:1')
    tab.say({ kind: 'presence', isHidden: false })
    expect(tab.heard).toMatchObject([{ events: [{ kind: 'snapshot', id: 'e:2' }] }])
    expect(tab.rows).toEqual(sorted(server.rowsAt(2)))
  })

  test('is told the time of its return, not that of the last heartbeat', () => {
    const { worker, tab } = setUp([[insert(1)]])
    const data = { timestamp: '1', now: Date.now() + 5_000, lagMs: 3 }
    FakeEventSource.newest.send({ kind: 'heartbeat', id: 'e:1', data })
    vi.advanceTimersByTime(4_000)
    tab.say({ kind: 'presence', isHidden: false })
    const now = Date.now() + 5_000
    expect(tab.heard).toMatchObject([{ events: [{ kind: 'heartbeat', id: 'e:1', data: { now } }] }])
    const late = new TestTab(worker)
    expect(late.heard).toMatchObject([
      { events: [{ kind: 'snapshot' }, { kind: 'heartbeat', data: { now } }] },
    ])
  })
})

test('rows that do not fit reach no tab: all of them wait for the fresh ones', () => {
  const worker = new FakeWorker()
  const server = new FakeServer([[insert(1)], [insert(2)]])
  const first = new TestTab(worker)
  send(server, 1)
  FakeEventSource.newest.send({
    kind: 'update',
    id: 'e:2',
    data: {
      timestamp: '2',
      updates: [
        { diff: 1, row: { id: 8 } },
        { diff: -1, row: { id: 9 } },
      ],
    },
  })
  const second = new TestTab(worker)
  expect(first.rows).toEqual(sorted(server.rowsAt(1)))
  expect(second.rows.size).toBe(0)
  expect(second.connection).toMatchObject({ state: 'reconnecting', trouble: 'inexact' })
  vi.advanceTimersByTime(1)
  expect(FakeEventSource.newest.lastEventId).toBeNull()
  send(server, 2)
  for (const tab of [first, second]) expect(tab.rows).toEqual(sorted(server.rowsAt(2)))
})

const steps = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('open' as const), tab: fc.constant(0) }) },
    {
      weight: 6,
      arbitrary: fc.record({ kind: fc.constantFrom('close', 'hide', 'show', 'deliver'), tab: fc.nat(9) }),
    },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('change' as const), tab: fc.constant(0) }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constantFrom('cut', 'refuse', 'wait', 'forget'), tab: fc.constant(0) }),
    },
  ),
  { maxLength: 60 },
)

test('however tabs open, close, hide and return, each has exact rows at every id and all of them in the end', () => {
  fc.assert(
    fc.property(histories, steps, (batches, plan) => {
      FakeEventSource.opened = []
      const worker = new FakeWorker()
      worker.isSlow = true
      const server = new FakeServer(batches)
      const tabs: TestTab[] = []
      /** What each stream was sent last; it goes on from there after a cut. */
      const sent = new Map<FakeEventSource, string | null>()
      let at = 1
      const speak = (forgets = false) => {
        const source = FakeEventSource.opened.at(-1)
        if (!source || source.closed) return
        for (const event of server.answer(forgets ? null : (sent.get(source) ?? source.lastEventId), at)) {
          source.send(event)
          if ('id' in event && event.id !== undefined) sent.set(source, event.id)
        }
      }
      for (const { kind, tab: index } of plan) {
        const tab = tabs[index % Math.max(1, tabs.length)]
        if (kind === 'open') tabs.push(new TestTab(worker))
        else if (kind === 'deliver') worker.deliver(index)
        else if (kind === 'wait') vi.advanceTimersByTime(100)
        else if (kind === 'cut') {
          const source = FakeEventSource.opened.at(-1)
          if (source && !source.closed) source.cut()
        } else if (kind === 'change') {
          at = Math.min(batches.length, at + 1)
          speak()
        } else if (kind === 'refuse') {
          const source = FakeEventSource.opened.at(-1)
          if (source && !source.closed) source.refuse()
          vi.advanceTimersByTime(1)
        } else if (tab && kind === 'close') {
          tab.say({ kind: 'leave' })
          tabs.splice(tabs.indexOf(tab), 1)
        } else tab?.say({ kind: 'presence', isHidden: kind === 'hide' })
        for (const { fold, rows } of tabs) {
          if (fold.lastEventId === undefined) continue
          expect(rows).toEqual(sorted(server.rowsAt(Number(fold.lastEventId.slice(2)))))
        }
      }
      for (const tab of tabs) tab.say({ kind: 'presence', isHidden: false })
      worker.deliver()
      at = batches.length
      speak()
      // Of many changes the worker tells as one.
      vi.advanceTimersByTime(100)
      worker.deliver()
      for (const { rows } of tabs) expect(rows).toEqual(sorted(server.rowsAt(at)))
      expect(FakeEventSource.opened.filter(({ closed }) => !closed)).toHaveLength(Math.min(1, tabs.length))
      for (const tab of tabs) tab.say({ kind: 'leave' })
      worker.deliver()
      expect(vi.getTimerCount()).toBe(0)
    }),
    { numRuns: 300 },
  )
})
