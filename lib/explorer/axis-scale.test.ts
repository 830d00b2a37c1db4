import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toAxisScale, toTimeTicks } from './axis-scale.ts'

describe('a scale', () => {
  test('holds all values between round numbers', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
        fc.double({ noNaN: true, min: 0, max: 1e6 }),
        (low, size) => {
          const { min, max, ticks } = toAxisScale(low, low + size)
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
    expect(toAxisScale(3, 9)).toMatchObject({ min: 0, max: 10 })
    expect(toAxisScale(-9, -3)).toMatchObject({ min: -10, max: 0 })
    expect(toAxisScale(1_000_001, 1_000_003).min).toBeGreaterThan(999_000)
  })

  test('is kept while it fits', () => {
    const before = toAxisScale(0, 100)
    expect(toAxisScale(0, 60, before)).toBe(before)
    expect(toAxisScale(0, 120, before)).not.toBe(before)
    expect(toAxisScale(0, 5, before)).not.toBe(before)
  })
})

test.each([
  ['a minute', 60_000, 5],
  ['a day', 86_400_000, 4],
  ['ten years', 10 * 365 * 86_400_000, 3],
])('ticks of %s are round and not too near each other', (_, rangeMs, atLeast) => {
  const ticks = toTimeTicks(1_795_517_611_123, 1_795_517_611_123 + rangeMs, 600, 80)
  expect(ticks.length).toBeGreaterThanOrEqual(atLeast)
  expect(ticks.length).toBeLessThanOrEqual(8)
  expect(ticks.every((t) => t % 1_000 === 0)).toBe(true)
})
