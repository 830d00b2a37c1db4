import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toValueAxis } from './value-axis.ts'

describe('the scale of values', () => {
  test('is a few round steps that hold every value', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (highest) => {
        const { max, ticks } = toValueAxis(highest)
        expect(max).toBeGreaterThanOrEqual(highest)
        expect(ticks.length).toBeLessThanOrEqual(7)
        expect(ticks.at(-1)).toBe(max)
      }),
    )
  })

  test.each([
    [41, 60],
    [88, 100],
    [8, 10],
    [0, 1],
  ])('for a highest value of %d ends at %d', (highest, max) => {
    expect(toValueAxis(highest).max).toBe(max)
  })

  test('is kept while it fits and not much is unused', () => {
    const before = toValueAxis(41)
    expect(toValueAxis(58, before)).toBe(before)
    expect(toValueAxis(31, before)).toBe(before)
    expect(toValueAxis(29, before).max).toBeLessThan(before.max)
    expect(toValueAxis(61, before).max).toBeGreaterThan(before.max)
  })
})
