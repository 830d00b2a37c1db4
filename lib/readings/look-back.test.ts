import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BandSeries } from './band.ts'
import {
  between,
  countWithin,
  heldFrom,
  type Reach,
  readingsAfter,
  shifted,
  within,
  zoomed,
} from './look-back.ts'
import { everySecond, seriesOf } from './series-of.ts'

const reach: Reach = { fromS: 1_000, toS: 1_600, minS: 5, maxS: 600 }

const ranges = fc
  .tuple(fc.double({ min: 0, max: 3_000, noNaN: true }), fc.double({ min: 0.01, max: 2_000, noNaN: true }))
  .map(([fromS, widthS]) => ({ fromS, toS: fromS + widthS }))

describe('looking back', () => {
  test('never leads before what is held, past now, or out of the widths that are shown', () => {
    fc.assert(
      fc.property(
        ranges,
        fc.double({ min: -2_000, max: 2_000, noNaN: true }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (range, byS, factor) => {
          const about = (range.fromS + range.toS) / 2
          for (const { fromS, toS } of [
            within(range, reach),
            shifted(range, byS, reach),
            zoomed(range, factor, about, reach),
            between(range.toS, range.fromS, reach),
          ]) {
            expect(fromS).toBeGreaterThanOrEqual(reach.fromS - 1e-6)
            expect(toS).toBeLessThanOrEqual(reach.toS)
            expect(toS - fromS).toBeGreaterThanOrEqual(reach.minS - 1e-6)
            expect(toS - fromS).toBeLessThanOrEqual(reach.maxS + 1e-6)
          }
        },
      ),
    )
  })

  test('by half a window and forth again is where it began', () => {
    const range = { fromS: 1_300, toS: 1_360 }
    expect(shifted(shifted(range, -30, reach), 30, reach)).toEqual(range)
  })

  test('a window that is wider than what is held ends now', () => {
    const short: Reach = { ...reach, fromS: 1_500 }
    expect(within({ fromS: 700, toS: 1_300 }, short)).toEqual({ fromS: 1_000, toS: 1_600 })
  })

  test('zooming leaves the moment under the pointer where it is', () => {
    const range = zoomed({ fromS: 1_200, toS: 1_300 }, 0.5, 1_225, reach)
    expect(range.toS - range.fromS).toBeCloseTo(50)
    expect((1_225 - range.fromS) / 50).toBeCloseTo(0.25)
  })

  test('a stretch too narrow to be shown is widened about its middle', () => {
    expect(between(1_301, 1_299, reach)).toEqual({ fromS: 1_297.5, toS: 1_302.5 })
  })
})

describe('what is held', () => {
  const sensors = [seriesOf(1, everySecond(100, 160)), seriesOf(2, everySecond(90, 120))]

  test('begins with the oldest reading of any sensor', () => {
    expect(heldFrom({ lines: sensors })).toBe(90)
    expect(heldFrom({ lines: [] })).toBeUndefined()
  })

  test('is counted from a moment on, that moment not included', () => {
    expect(readingsAfter({ lines: sensors }, 115)).toBe(45 + 5)
    expect(readingsAfter({ lines: sensors }, 114.5)).toBe(46 + 6)
    expect(readingsAfter({ lines: sensors }, 500)).toBe(0)
  })

  test('of a stretch of time grows with what comes late into it and the first reading after it, and with nothing else', () => {
    const range = { fromS: 100, toS: 130 }
    const before = countWithin({ lines: sensors }, range)
    expect(before).toBe(31 + 21)
    const after = seriesOf(3, [
      [131, 1],
      [132, 1],
    ])
    expect(countWithin({ lines: [...sensors, after] }, range)).toBe(before + 1)
    expect(countWithin({ lines: [...sensors, seriesOf(3, [[129, 1]])] }, range)).toBe(before + 1)
  })

  test('of many sensors is told by their band, whatever lines are there', () => {
    const band = new BandSeries()
    for (let timestamp = 50; timestamp < 60; timestamp += 1) {
      band.set({ timestamp, readings: 1_000, pm25: null, pm10: null })
    }
    expect(heldFrom({ lines: sensors, band })).toBe(50)
    expect(readingsAfter({ lines: sensors, band }, 56.2)).toBe(3_000)
  })
})
