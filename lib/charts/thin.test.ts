import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Point } from './point.ts'
import { thin } from './thin.ts'

const of = (...points: [number, number | null][]): Point[] => points.map(([t, v]) => ({ t, v }))
const thinned = (points: readonly Point[], columnWidth: number, gap = Number.POSITIVE_INFINITY) =>
  thin({ pointAt: (index) => points[index], from: 0, to: points.length }, columnWidth, {
    usual: undefined,
    gap,
  })

test('each column keeps its lowest and its highest point', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1_000), fc.integer()), { minLength: 1 }), (all) => {
      const points = all.map(([t, v]) => ({ t, v })).sort((a, b) => a.t - b.t)
      const few = thinned(points, 100)
      expect(few.length).toBeLessThanOrEqual(22)
      const extremes = (some: readonly Point[]) => {
        const values = some.map(({ v }) => v ?? 0)
        return [Math.min(...values), Math.max(...values)]
      }
      expect(extremes(few)).toEqual(extremes(points))
      expect(few.map(({ t }) => t)).toEqual(few.map(({ t }) => t).sort((a, b) => a - b))
    }),
  )
})

test('a line breaks where points are too far apart, and where there was no value', () => {
  const points = of([0, 1], [10, 1], [20, 1], [30, 1], [200, 2], [210, null], [220, 3])
  expect(thinned(points, 1, 45).filter(({ v }) => v === null)).toEqual(of([115, null], [210, null]))
})

test('a point alone behind a break is a dot', () => {
  expect(thinned(of([0, 1], [10, 1], [20, null], [30, 3]), 1)).toEqual(
    of([0, 1], [10, 1], [20, null], [30, 3], [30, 3]),
  )
})
