import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { finish, forEachStep, mergeSteps, sortSteps } from './steps.ts'

const byRank = (a: [number, number], b: [number, number]) => a[0] - b[0]
const ranked = fc
  .array(fc.nat(50))
  .map((ranks) => ranks.map((rank, index): [number, number] => [rank, index]))

describe('in steps', () => {
  test('items are sorted as at once, equal ones in the order that they had', () => {
    const many = Array.from({ length: 9_001 }, (_, index): [number, number] => [(index * 7919) % 97, index])
    expect(finish(sortSteps(many, byRank))).toEqual(many.toSorted(byRank))
    fc.assert(
      fc.property(ranked, (items) => {
        expect(finish(sortSteps(items, byRank))).toEqual(items.toSorted(byRank))
      }),
    )
  })

  test('two orders become one', () => {
    fc.assert(
      fc.property(ranked, ranked, (one, other) => {
        const [first, second] = [one.toSorted(byRank), other.toSorted(byRank)]
        expect(finish(mergeSteps(first, second, byRank))).toEqual([...first, ...second].toSorted(byRank))
      }),
    )
  })

  test('no step is about many items', () => {
    const items = Array.from({ length: 10_000 }, (_, index) => 10_000 - index)
    const seen: number[] = []
    const sizes = [...forEachStep(items, (item) => seen.push(item)), ...sortSteps(items, (a, b) => a - b)]
    expect(seen).toEqual(items)
    expect(sizes.length).toBeGreaterThan(20)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000)
  })
})
