// @vitest-environment happy-dom
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { consolidate } from '../protocol/batch.ts'
import type { StreamEvent, Update } from '../protocol/events.ts'
import type { FoldChange } from '../protocol/fold.ts'
import type { Row } from '../protocol/row.ts'
import { FakeEventSource } from './fake-event-source.ts'
import { RelationStore } from './relation-store.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** Rows as a projection sees them: built from changes alone. */
class Rows {
  readonly counts = new Map<string, number>()

  apply({ reset, updates }: FoldChange): void {
    if (reset) this.counts.clear()
    for (const { diff, row } of updates) {
      const key = JSON.stringify(row)
      const count = (this.counts.get(key) ?? 0) + diff
      if (count === 0) this.counts.delete(key)
      else this.counts.set(key, count)
    }
  }

  show(): ReadonlyMap<string, number> {
    return this.counts
  }
}

/** A server that knows the whole history: one batch of changes for each timestamp. */
class Server {
  readonly batches: Update<string>[][]
  constructor(batches: Update<string>[][]) {
    this.batches = batches
  }

  rowsAt(timestamp: number): Map<string, number> {
    return new Map(consolidate(this.batches.slice(0, timestamp).flat()).map(({ row, diff }) => [row, diff]))
  }

  /** What it sends to a client that holds the rows of an id, up to a timestamp. */
  answer(id: string | null, upTo: number): StreamEvent[] {
    const known = id === null ? undefined : Number(id.slice(2))
    if (known === undefined || known > upTo) return this.#snapshot(upTo)
    return [this.#update(known, upTo)]
  }

  #update(from: number, to: number): StreamEvent {
    const updates = consolidate(this.batches.slice(from, to).flat())
    return {
      kind: 'update',
      id: `e:${to}`,
      data: {
        timestamp: String(to),
        updates: updates.map(({ diff, row }) => ({ diff, row: JSON.parse(row) })),
      },
    }
  }

  #snapshot(at: number): StreamEvent[] {
    const rows = [...this.rowsAt(at)].flatMap(([row, count]) =>
      Array<Row>(count).fill(JSON.parse(row) as Row),
    )
    const parts = Math.max(1, Math.ceil(rows.length / 2))
    return Array.from({ length: parts }, (_, index) => ({
      kind: 'snapshot' as const,
      ...(index + 1 === parts && { id: `e:${at}` }),
      data: {
        relation: 'r',
        columns: [],
        timestamp: String(at),
        part: index + 1,
        parts,
        rows: rows.slice(index * 2, index * 2 + 2),
      },
    }))
  }
}

/** Each step adds a copy of a row or takes one away that is there. */
const histories = fc
  .array(fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.boolean()), { maxLength: 5 }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((steps) => {
    const counts = new Map<string, number>()
    return steps.map((step) =>
      consolidate(
        step.map(([id, wants]) => {
          const row = JSON.stringify({ id })
          const diff = wants || !counts.get(row) ? 1 : -1
          counts.set(row, (counts.get(row) ?? 0) + diff)
          return { diff, row }
        }),
      ),
    )
  })

test('a stream that is cut anywhere and resumed ends with the same rows', () => {
  fc.assert(
    fc.property(
      histories,
      fc.array(
        fc.record({ events: fc.integer({ min: 0, max: 4 }), refused: fc.boolean(), forgets: fc.boolean() }),
      ),
      (batches, cuts) => {
        const server = new Server(batches)
        const rows = new Rows()
        const store = new RelationStore({
          relation: 'r',
          projection: rows,
          openEventSource: FakeEventSource.open,
          explainRefusal: () => Promise.resolve(undefined),
          random: () => 0,
        })
        FakeEventSource.opened = []
        const unsubscribe = store.subscribe(() => {})
        let at = 1
        let id: string | null = null
        for (const { events, refused, forgets } of cuts) {
          at = Math.min(batches.length, at + 1)
          const answer = server.answer(forgets ? null : id, at)
          for (const event of answer.slice(0, events)) {
            FakeEventSource.newest.send(event)
            if ('id' in event && event.id !== undefined) id = event.id
          }
          if (refused) FakeEventSource.newest.refuse()
          else FakeEventSource.newest.cut()
          vi.advanceTimersByTime(1)
          // A new EventSource must ask for what the old one had; the browser's own retry does so by itself.
          if (refused) expect(FakeEventSource.newest.lastEventId).toBe(id)
        }
        for (const event of server.answer(id, batches.length)) FakeEventSource.newest.send(event)
        expect(new Map([...rows.counts].sort())).toEqual(new Map([...server.rowsAt(batches.length)].sort()))
        unsubscribe()
        vi.advanceTimersByTime(2_000)
      },
    ),
    { numRuns: 300 },
  )
})
