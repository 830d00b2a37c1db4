// @vitest-environment happy-dom
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FakeEventSource } from '../client/fake-event-source.ts'
import { FakeServer, histories } from '../client/fake-server.ts'
import type { FoldChange } from '../protocol/fold.ts'
import { transports } from './fake-worker.ts'
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

test.each(['plain', 'worker'] as const)(
  'a stream that is cut anywhere and resumed ends with the same rows (%s)',
  (transport) => {
    fc.assert(
      fc.property(
        histories,
        fc.array(
          fc.record({ events: fc.integer({ min: 0, max: 4 }), refused: fc.boolean(), forgets: fc.boolean() }),
        ),
        (batches, cuts) => {
          const server = new FakeServer(batches)
          const rows = new Rows()
          const store = new RelationStore({
            relation: 'r',
            projection: rows,
            openStream: transports[transport](),
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
          // The worker tells of many changes as one.
          vi.advanceTimersByTime(100)
          expect(new Map([...rows.counts].sort())).toEqual(new Map([...server.rowsAt(batches.length)].sort()))
          unsubscribe()
          vi.advanceTimersByTime(2_000)
        },
      ),
      { numRuns: 300 },
    )
  },
)
