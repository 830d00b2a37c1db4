import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Batch } from '../protocol/batch.ts'
import { FoldError } from '../protocol/fold.ts'
import { HISTORY_MS, History } from './history.ts'

const batch = (timestamp: number, ...updates: [number, string][]): Batch => ({
  timestamp: BigInt(timestamp),
  updates: updates.map(([diff, row]) => ({ diff, row })),
})
const rowsOf = (history: History) => [...history.rows()].sort()

/** Batches that never take away what is not there, from random toggles of a few rows. */
const batches = fc
  .array(
    fc.tuple(fc.integer({ min: 1, max: 40_000 }), fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 })),
    {
      maxLength: 20,
    },
  )
  .map((steps) => {
    const counts = new Map<string, number>()
    let time = 1_000
    return steps.map(([gap, toggles]) => {
      time += gap
      const diffs = new Map<string, number>()
      for (const row of new Set(toggles.map(String))) {
        const diff = (counts.get(row) ?? 0) > 0 ? -1 : 1
        counts.set(row, (counts.get(row) ?? 0) + diff)
        diffs.set(row, diff)
      }
      return batch(time, ...[...diffs].map(([row, diff]): [number, string] => [diff, row]))
    })
  })

describe('since', () => {
  test('leads from the state at any remembered time to the state now', () => {
    fc.assert(
      fc.property(batches, (all) => {
        const history = new History(batch(1_000, [2, 'kept']))
        const states = new Map([[1_000n, rowsOf(history)]])
        for (const next of all) {
          history.apply([next])
          states.set(next.timestamp, rowsOf(history))
        }
        for (const [timestamp, rows] of states) {
          const difference = history.since(timestamp)
          if (timestamp >= history.timestamp - BigInt(HISTORY_MS)) expect(difference).toBeDefined()
          if (!difference) continue
          const then = new History({ timestamp, updates: rows.map((row) => ({ diff: 1, row })) })
          then.apply([{ timestamp: history.timestamp + 1n, updates: difference }])
          expect(rowsOf(then)).toEqual(rowsOf(history))
          const diffs = difference.map(({ diff }) => diff)
          expect(diffs).toEqual([...diffs].sort((a, b) => Number(a > 0) - Number(b > 0)))
          expect(new Set(difference.map(({ row }) => row)).size).toBe(difference.length)
        }
      }),
    )
  })

  test('is unknown for a time that is forgotten or has not come', () => {
    const history = new History(batch(1_000, [1, 'a']))
    history.apply([batch(2_000, [1, 'b'])])
    expect(history.since(999n)).toBeUndefined()
    expect(history.since(2_001n)).toBeUndefined()
    history.apply([batch(2_001 + HISTORY_MS)])
    expect(history.since(1_999n)).toBeUndefined()
    expect(history.since(2_000n)).toEqual([])
  })
})

test('what several batches change together is told even where it is older than what is remembered', () => {
  const history = new History(batch(0))
  const changed = history.apply([batch(1, [1, 'a']), batch(2, [1, 'b'], [-1, 'a']), batch(3 * HISTORY_MS)])
  expect(changed).toEqual([{ diff: 1, row: 'b' }])
})

test('a batch that is not news is passed over', () => {
  const history = new History(batch(5, [1, 'a']))
  expect(history.apply([batch(5, [1, 'a'])])).toEqual([])
  expect(rowsOf(history)).toEqual(['a'])
})

test('a row that vanishes and was never there is an error, and changes nothing', () => {
  const history = new History(batch(5, [1, 'b']))
  expect(() => history.apply([batch(6, [-1, 'b'], [-1, 'a'])])).toThrow(FoldError)
  expect(rowsOf(history)).toEqual(['b'])
  expect(history.timestamp).toBe(5n)
})

test('rebase tells the difference, and history starts anew after the gap', () => {
  const held = new History(batch(5, [2, 'a'], [1, 'b']))
  const fresh = new History(batch(9, [1, 'a'], [1, 'c']))
  expect(held.rebase(fresh)).toEqual([
    { diff: -1, row: 'a' },
    { diff: -1, row: 'b' },
    { diff: 1, row: 'c' },
  ])
  expect(rowsOf(held)).toEqual(['a', 'c'])
  expect(held.since(7n)).toBeUndefined()
  expect(held.since(9n)).toEqual([])
})
