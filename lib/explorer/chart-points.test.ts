import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ChartPoints, gapOf, MAX_POINTS_OF_LINE, type Point, thin } from './chart-points.ts'

const of = (...points: [number, number | null][]): Point[] => points.map(([t, v]) => ({ t, v }))

describe('the points of a line', () => {
  test('are in order, however they come, and go as they came', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 2 }))),
        (all) => {
          const line = new ChartPoints()
          for (const [t, v] of all) line.add(t, v)
          expect(line.points.map(({ t }) => t)).toEqual(all.map(([t]) => t).sort((a, b) => a - b))
          for (const [t, v] of all) line.remove(t, v)
          expect(line.points).toEqual([])
        },
      ),
    )
  })

  test('at the same time can be one, the last', () => {
    const line = new ChartPoints()
    line.put(1, 5)
    line.put(1, 6)
    expect(line.points).toEqual(of([1, 6]))
  })

  test('do not grow without end', () => {
    const line = new ChartPoints()
    for (let t = 0; t < 3 * MAX_POINTS_OF_LINE; t += 1) line.add(t, t)
    expect(line.points.length).toBeLessThanOrEqual(1.2 * MAX_POINTS_OF_LINE)
    expect(line.points.at(-1)?.t).toBe(3 * MAX_POINTS_OF_LINE - 1)
    line.forgetBefore(3 * MAX_POINTS_OF_LINE - 2)
    expect(line.points).toHaveLength(2)
  })
})

describe('a line of few points', () => {
  const range = { fromMs: 0, toMs: 1_000 }
  test('keeps the lowest and the highest of each column', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 1_000 }), fc.integer()), { minLength: 1 }),
        (all) => {
          const points = all.map(([t, v]) => ({ t, v })).sort((a, b) => a.t - b.t)
          const thinned = thin(points, range, 10, Number.POSITIVE_INFINITY)
          expect(thinned.length).toBeLessThanOrEqual(22)
          const extremes = (some: readonly Point[]) => {
            const values = some.map(({ v }) => v ?? 0)
            return [Math.min(...values), Math.max(...values)]
          }
          expect(extremes(thinned)).toEqual(extremes(points))
          expect(thinned.map(({ t }) => t)).toEqual(thinned.map(({ t }) => t).sort((a, b) => a - b))
        },
      ),
    )
  })

  test('has a gap where its rhythm misses some beats, and where there was no value', () => {
    const points = of([0, 1], [10, 1], [20, 1], [30, 1], [200, 2], [210, null], [220, 3])
    expect(gapOf(points)).toBe(50)
    expect(thin(points, range, 1_000, gapOf(points)).filter(({ v }) => v === null)).toEqual(
      of([115, null], [210, null]),
    )
  })

  test('of which too little is known has none', () => {
    expect(gapOf(of([0, 1], [10, 1]))).toBe(Number.POSITIVE_INFINITY)
  })
})
