import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { categoryShare } from './category-scale.ts'

describe('the scale of categories', () => {
  test.each([
    [-5, 0],
    [0, 0],
    [4.55, 1 / 12],
    [9.1, 1 / 6],
    [225.5, 5 / 6],
    [451, 1],
    [900, 1],
  ])('puts %d µg/m³ of PM2.5 at %d', (concentration, share) => {
    expect(categoryShare('pm25', concentration)).toBeCloseTo(share)
  })

  test('never puts more air pollution lower', () => {
    const value = fc.double({ min: 0, max: 600, noNaN: true })
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(categoryShare('pm10', Math.max(a, b))).toBeGreaterThanOrEqual(
          categoryShare('pm10', Math.min(a, b)),
        )
      }),
    )
  })
})
