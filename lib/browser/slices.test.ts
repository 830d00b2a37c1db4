import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { StreamEvent } from '../protocol/events.ts'
import { Fold } from '../protocol/fold.ts'
import { Joiner, toSlices } from './slices.ts'

const rows = (count: number) => Array.from({ length: count }, (_, id) => ({ id }))
const events = fc.integer({ min: 0, max: 4_200 }).chain((count) =>
  fc.constantFrom<StreamEvent>(
    {
      kind: 'update',
      id: 'e:2',
      data: { timestamp: '2', updates: rows(count).map((row) => ({ diff: 1, row })) },
    },
    {
      kind: 'snapshot',
      id: 'e:2',
      data: { relation: 'r', columns: [], timestamp: '2', part: 1, parts: 1, rows: rows(count) },
    },
    { kind: 'heartbeat', id: 'e:2', data: { timestamp: '2', now: 3, lagMs: 1 } },
  ),
)

test('an event in pieces does what it does whole, and no piece is large', () => {
  fc.assert(
    fc.property(events, (event) => {
      const [whole, pieces] = [new Fold(), new Fold()]
      const joiner = new Joiner()
      const expected = whole.apply(event)
      const slices = toSlices(event)
      let change: ReturnType<Fold['apply']>
      for (const [index, slice] of slices.entries()) {
        const joined = joiner.join(slice)
        change = joined && pieces.apply(joined)
        if (index + 1 < slices.length) expect([change, pieces.lastEventId]).toEqual([undefined, undefined])
        const { data } = slice.event
        if ('rows' in data) expect(data.rows.length).toBeLessThanOrEqual(1_000)
        if ('updates' in data) expect(data.updates.length).toBeLessThanOrEqual(1_000)
      }
      expect(change).toEqual(expected)
      expect([...pieces.rows()]).toEqual([...whole.rows()])
      expect(pieces.lastEventId).toBe('e:2')
    }),
    { numRuns: 40 },
  )
})
