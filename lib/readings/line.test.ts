import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toLine } from './line.ts'
import { everySecond, seriesOf } from './series-of.ts'

describe('a line', () => {
  test('joins readings that follow each other', () => {
    const series = seriesOf(1, everySecond(100, 110))
    const { points } = toLine(series, 'pm25', { fromS: 100, toS: 110 }, 100)
    expect(points).toHaveLength(11)
    expect(points.every(({ v }) => v === 10)).toBe(true)
  })

  test('breaks where more than three readings are missing', () => {
    const series = seriesOf(1, [...everySecond(100, 110), ...everySecond(116, 120)])
    const { points } = toLine(series, 'pm25', { fromS: 100, toS: 120 }, 100)
    expect(points.filter(({ v }) => v === null)).toEqual([{ t: 113, v: null }])
  })

  test('breaks where a single reading is missing', () => {
    const series = seriesOf(1, [...everySecond(100, 110), ...everySecond(112, 120)])
    const { points } = toLine(series, 'pm25', { fromS: 100, toS: 120 }, 100)
    expect(points.filter(({ v }) => v === null)).toEqual([{ t: 111, v: null }])
  })

  test('does not break for a sensor that is slower for a while, or not on the dot', () => {
    const slower = [
      ...everySecond(100, 110),
      [112, 10],
      [114, 10],
      [116, 10],
      ...everySecond(117, 140),
    ] as const
    const late = everySecond(100, 140).map(([t], index) => [t + (index % 3) * 0.25, 10] as const)
    for (const values of [slower, late]) {
      const { points } = toLine(seriesOf(1, values), 'pm25', { fromS: 100, toS: 140 }, 100)
      expect(points.every(({ v }) => v !== null)).toBe(true)
    }
  })

  test('shows a reading alone between two gaps as a dot', () => {
    const series = seriesOf(1, [...everySecond(100, 110), [130, 7], ...everySecond(150, 160)])
    const { points } = toLine(series, 'pm25', { fromS: 100, toS: 160 }, 100)
    expect(points.filter(({ t }) => t === 130)).toEqual([
      { t: 130, v: 7 },
      { t: 130, v: 7 },
    ])
  })

  test('breaks even where a gap falls into one column', () => {
    const series = seriesOf(1, [...everySecond(1, 50), ...everySecond(60, 90)])
    const { points } = toLine(series, 'pm25', { fromS: 0, toS: 100 }, 1)
    expect(points.filter(({ v }) => v === null)).toHaveLength(1)
  })

  test('breaks where a reading has no value', () => {
    const series = seriesOf(1, [...everySecond(100, 102), [103, null], ...everySecond(104, 106)])
    const { points } = toLine(series, 'pm25', { fromS: 100, toS: 110 }, 100)
    expect(points.map(({ t, v }) => (v === null ? `gap at ${t}` : t))).toEqual([
      100,
      101,
      102,
      'gap at 103',
      104,
      105,
      106,
    ])
  })

  test('comes in from the left edge with the reading before it', () => {
    const { points } = toLine(seriesOf(1, everySecond(90, 110)), 'pm25', { fromS: 100, toS: 110 }, 100)
    expect(points[0]?.t).toBe(99)
  })

  test('keeps the lowest and the highest reading, however few columns it has', () => {
    const values = fc.array(fc.double({ min: 0, max: 500, noNaN: true }), { minLength: 2, maxLength: 300 })
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 400 }), (all, columns) => {
        const series = seriesOf(
          1,
          all.map((value, index) => [1_000 + index, value] as const),
        )
        const { points } = toLine(series, 'pm25', { fromS: 1_000, toS: 1_000 + all.length }, columns)
        const drawn = points.flatMap(({ v }) => v ?? [])
        expect(Math.max(...drawn)).toBe(Math.max(...all))
        expect(Math.min(...drawn)).toBe(Math.min(...all))
        expect(points.length).toBeLessThanOrEqual(2 * (columns + 1))
        const times = points.map(({ t }) => t)
        expect(times).toEqual([...times].sort((a, b) => a - b))
      }),
    )
  })

  test('keeps its points while the window moves on', () => {
    const series = seriesOf(
      1,
      everySecond(0, 700).map(([t]) => [t, (t * 7919) % 31] as const),
    )
    const at = (toS: number) => toLine(series, 'pm25', { fromS: toS - 600, toS }, 80).points
    const before = new Set(at(650).map(({ t }) => t))
    const inside = at(660).filter(({ t }) => t > 75 && t < 640)
    expect(inside.every(({ t }) => before.has(t))).toBe(true)
  })
})
