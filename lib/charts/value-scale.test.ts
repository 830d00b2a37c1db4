import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toValueScale } from './value-scale.ts'

describe('a scale', () => {
  test('holds all values between round numbers', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
        fc.double({ noNaN: true, min: 0, max: 1e6 }),
        (low, size) => {
          const { min, max, ticks } = toValueScale(low, low + size)
          const tolerance = (max - min) * 1e-6
          expect(min).toBeLessThanOrEqual(low + tolerance)
          expect(max).toBeGreaterThanOrEqual(low + size - tolerance)
          expect(ticks.length).toBeGreaterThan(1)
          expect(ticks.length).toBeLessThan(12)
        },
      ),
    )
  })

  test('begins at 0 where that costs little room', () => {
    expect(toValueScale(3, 9)).toMatchObject({ min: 0, max: 10 })
    expect(toValueScale(-9, -3)).toMatchObject({ min: -10, max: 0 })
    expect(toValueScale(1_000_001, 1_000_003).min).toBeGreaterThan(999_000)
  })

  test('of a value that does not change has it in the middle, and nothing at the bottom', () => {
    expect(toValueScale(5, 5)).toMatchObject({ min: 4.5, max: 5.5 })
    expect(toValueScale(0, 0)).toMatchObject({ min: 0, max: 1 })
  })

  test('is kept while it fits and not much is unused', () => {
    const before = toValueScale(0, 100)
    expect(toValueScale(0, 60, before)).toBe(before)
    expect(toValueScale(0, 120, before)).not.toBe(before)
    expect(toValueScale(0, 40, before).max).toBeLessThan(100)
  })
})
