import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Point } from '../charts/point.ts'
import { ChartPoints, MAX_POINTS_OF_LINE, rhythmOf } from './chart-points.ts'

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

describe('the rhythm of a line', () => {
  test('tells which points are too far apart to be joined', () => {
    expect(rhythmOf(of([0, 1], [10, 1], [20, 1], [30, 1], [200, 2]))).toEqual({ usual: undefined, gap: 45 })
  })

  test('of which too little is known joins all', () => {
    expect(rhythmOf(of([0, 1], [10, 1])).gap).toBe(Number.POSITIVE_INFINITY)
  })
})
