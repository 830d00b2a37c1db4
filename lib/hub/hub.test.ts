import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Update } from '../protocol/events.ts'
import { toShapeRequest } from '../shape/shape.ts'
import { COALESCE_MS } from './channel.ts'
import type { Encoder } from './encoder.ts'
import { History } from './history.ts'
import { HEARTBEAT_MS, Hub, type RelationDescription, type ShapeRequest, TooManyShapesError } from './hub.ts'

const COLUMNS = [
  { name: 'k', type: 'integer' },
  { name: 'v', type: 'integer' },
]
const WHAT: RelationDescription = { relation: 'r', columns: COLUMNS, epochOf: (key) => `E${key && 'x'}` }
const row = (k: number, v: number) => JSON.stringify({ k, v })

type Event =
  | { kind: 'snapshot'; rows: string[] }
  | { kind: 'update'; updates: readonly Update<string>[] }
  | { kind: 'other'; words: string }

/** Events as they are. */
const encoder: Encoder<Event> = {
  snapshot: (_, __, rows) => [{ kind: 'snapshot', rows: [...rows] }],
  update: (_, __, updates) => ({ kind: 'update', updates }),
  heartbeat: () => ({ kind: 'other', words: 'heartbeat' }),
  status: (state, reason) => ({ kind: 'other', words: `${state} ${reason}` }),
  bye: () => ({ kind: 'other', words: 'bye' }),
}

let hub: Hub<Event>
const onEmpty = vi.fn()
beforeEach(() => {
  vi.useFakeTimers()
  onEmpty.mockReset()
  hub = new Hub({ encoder, onEmpty })
})
afterEach(() => {
  hub.dispose()
  vi.useRealTimers()
})

const big = toShapeRequest({ columns: 'k', filters: [['v', 'gte.5']] })
const join = (request?: ShapeRequest) => {
  const events: Event[] = []
  const writer = {
    hasRoom: () => true,
    takenBytes: 0,
    write: (event: Event) => void events.push(event),
    end: vi.fn(),
    abort: vi.fn(),
  }
  const subscriber = hub.channel(request).join(writer, { wantsSnapshot: true })
  return { events, writer, leave: () => subscriber.close('client') }
}
const begin = (...rows: [number, number][]) =>
  hub.begin(
    WHAT,
    new History({ timestamp: 1n, updates: rows.map(([k, v]) => ({ diff: 1, row: row(k, v) })) }),
  )

describe('a shape', () => {
  test('shows what moves into its filter as an insertion and what moves out as a retraction', () => {
    begin([1, 9], [2, 1])
    const { events } = join(big)
    expect(events).toEqual([{ kind: 'snapshot', rows: ['{"k":1}'] }])
    const updates = [
      { diff: -1, row: row(1, 9) },
      { diff: 1, row: row(1, 2) },
      { diff: -1, row: row(2, 1) },
      { diff: 1, row: row(2, 7) },
    ]
    hub.publish([{ timestamp: 2n, updates }])
    expect(events.at(-1)).toEqual({
      kind: 'update',
      updates: [
        { diff: -1, row: '{"k":1}' },
        { diff: 1, row: '{"k":2}' },
      ],
    })
  })

  test('hears nothing of a change that its projection does not see', () => {
    begin([1, 9])
    const { events } = join(big)
    const updates = [
      { diff: -1, row: row(1, 9) },
      { diff: 1, row: row(1, 8) },
    ]
    hub.publish([{ timestamp: 2n, updates }])
    expect(events).toHaveLength(1)
  })

  test('is folded once for all who ask for it, and forgotten with the last of them', () => {
    begin([1, 9])
    const channel = hub.channel(big)
    const [first, second] = [join(big), join(big)]
    expect(hub.channel(big)).toBe(channel)
    expect(hub.size).toBe(2)
    first.leave()
    second.leave()
    expect(hub.channel(big)).not.toBe(channel)
    expect(onEmpty).toHaveBeenCalledTimes(1)
  })

  test('that was asked for before the relation was known begins with it', () => {
    const { events } = join(big)
    begin([1, 9])
    expect(events).toEqual([{ kind: 'snapshot', rows: ['{"k":1}'] }])
  })

  test('that does not fit the relation ends with the reason', () => {
    const { events, writer } = join(big)
    hub.begin(
      { ...WHAT, columns: [{ name: 'other', type: 'text' }] },
      new History({ timestamp: 1n, updates: [] }),
    )
    expect(events).toEqual([{ kind: 'other', words: expect.stringMatching(/^gone .*"k" is no column/) }])
    expect(writer.end).toHaveBeenCalled()
  })

  test('is one of a hundred at most', () => {
    begin()
    for (let i = 0; i < 100; i++) join(toShapeRequest({ columns: undefined, filters: [['k', `eq.${i}`]] }))
    expect(() => join(big)).toThrow(TooManyShapesError)
    expect(() => join()).not.toThrow()
  })
})

test('all channels hear of the database, of the time, and of the end', () => {
  const [whole, shaped] = [join(), join(big)]
  hub.setStatus('reconnecting', 'away')
  vi.advanceTimersByTime(HEARTBEAT_MS)
  hub.shutdown()
  for (const { events, writer } of [whole, shaped]) {
    expect(events.map((event) => event.kind === 'other' && event.words)).toEqual([
      'reconnecting away',
      'heartbeat',
      'bye',
    ])
    expect(writer.end).toHaveBeenCalled()
  }
})

test("a shape's rows are always those of the relation, filtered and projected", () => {
  const change = fc.record({ k: fc.nat(3), v: fc.nat(9), rebase: fc.boolean(), late: fc.boolean() })
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      hub.dispose()
      hub = new Hub({ encoder, onEmpty: () => {} })
      begin([0, 5])
      const state = new Map([[0, 5]])
      const readers = [join(big)]
      const rows = (events: Event[]) => {
        const counts = new Map<string, number>()
        for (const event of events) {
          if (event.kind === 'snapshot') counts.clear()
          const updates =
            event.kind === 'update'
              ? event.updates
              : event.kind === 'snapshot'
                ? event.rows.map((one) => ({ diff: 1, row: one }))
                : []
          for (const { diff, row: one } of updates) counts.set(one, (counts.get(one) ?? 0) + diff)
        }
        return [...counts].filter(([, count]) => count !== 0).sort()
      }
      changes.forEach(({ k, v, rebase, late }, i) => {
        const before = state.get(k)
        state.set(k, v)
        const timestamp = BigInt(i + 2)
        const updates = [
          ...(before === undefined ? [] : [{ diff: -1, row: row(k, before) }]),
          { diff: 1, row: row(k, v) },
        ]
        if (rebase) {
          const all = [...state].map(([key, value]) => ({ diff: 1, row: row(key, value) }))
          hub.rebase(new History({ timestamp, updates: all }))
        } else hub.publish([{ timestamp, updates }])
        if (late) readers.push(join(big))
        else vi.advanceTimersByTime(10)
      })
      vi.advanceTimersByTime(COALESCE_MS)
      const expected = [...state]
        .filter(([, v]) => v >= 5)
        .map(([k]) => [`{"k":${k}}`, 1])
        .sort()
      for (const { events } of readers) expect(rows(events)).toEqual(expected)
    }),
  )
})
