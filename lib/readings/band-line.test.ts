import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BandSeries, type Spread } from './band.ts'
import { bandColumns, toBandLine } from './band-line.ts'

function bandOf(seconds: readonly (readonly [t: number, spread: Spread | null, readings?: number])[]) {
  const band = new BandSeries()
  for (const [timestamp, pm25, readings = 1] of seconds) {
    band.set({ timestamp, readings, pm25, pm10: null })
  }
  return band
}

const range = { fromS: 100, toS: 110 }
const spread = (min: number, mean: number, max: number): Spread => ({ min, mean, max })
const value = fc.double({ min: 0, max: 500, noNaN: true })

describe('a band', () => {
  test('is broken where more than three seconds are missing', () => {
    const seconds = [90, 91, 92, 93, 94, 95, 103, 104].map((t) => [t, spread(1, 2, 3)] as const)
    const points = toBandLine(bandOf(seconds), 'pm25', { fromS: 90, toS: 110 }, 100)
    expect(points.filter((point) => point.spread === null)).toMatchObject([{ t: 99 }])
  })

  test('has a mean of readings and not of seconds', () => {
    const band = bandOf([
      [100, spread(0, 10, 20), 3],
      [101, spread(5, 20, 30), 1],
    ])
    expect(toBandLine(band, 'pm25', { fromS: 100, toS: 200 }, 1)).toMatchObject([
      { t: 100, spread: { min: 0, mean: 12.5, max: 30 } },
    ])
  })

  test('comes in from the left and goes on to the right', () => {
    const seconds = Array.from({ length: 30 }, (_, index) => [90 + index, spread(1, 2, 3)] as const)
    const times = toBandLine(bandOf(seconds), 'pm25', range, 100).map(({ t }) => t)
    expect(times[0]).toBe(99)
    expect(times.at(-1)).toBe(110)
  })

  test('crosses every threshold that a second of the range crosses, and only those', () => {
    const spreads = fc
      .tuple(value, value, value)
      .map((three) => [...three].sort((a, b) => a - b))
      .map(([min = 0, mean = 0, max = 0]) => spread(min, mean, max))
    fc.assert(
      fc.property(
        fc.array(spreads, { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 1, max: 400 }),
        value,
        (all, columns, threshold) => {
          const band = bandOf(all.map((one, index) => [1_000 + index, one]))
          const points = toBandLine(band, 'pm25', { fromS: 1_000, toS: 1_000 + all.length }, columns)
          const drawn = points.flatMap((point) => point.spread ?? [])
          expect(drawn.some(({ max }) => max > threshold)).toBe(all.some(({ max }) => max > threshold))
          expect(drawn.some(({ min }) => min < threshold)).toBe(all.some(({ min }) => min < threshold))
          for (const { min, mean, max } of drawn) {
            expect(mean).toBeGreaterThanOrEqual(min - 1e-9)
            expect(mean).toBeLessThanOrEqual(max + 1e-9)
          }
          expect(points.length).toBeLessThanOrEqual(columns + 2)
        },
      ),
    )
  })
})

test('the three values of a band are a thousand at most', () => {
  expect(3 * bandColumns(2_400)).toBeLessThanOrEqual(1_000)
})
