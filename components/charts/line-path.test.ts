import { expect, test } from 'vitest'
import { linePath } from './line-path.ts'

const place = { toX: (t: number) => t * 10, toY: (v: number) => 100 - v }

test('a line goes from point to point, and is broken where a value is missing', () => {
  const points = [
    { t: 0, v: 1 },
    { t: 1, v: 2 },
    { t: 2, v: null },
    { t: 3, v: 4 },
    { t: 4, v: 5 },
  ]
  expect(linePath(points, place)).toBe('M0.0,99.0L10.0,98.0M30.0,96.0L40.0,95.0')
})

test('in steps a value holds until the next point', () => {
  const points = [
    { t: 0, v: 1 },
    { t: 2, v: 5 },
    { t: 3, v: null },
    { t: 4, v: 5 },
  ]
  expect(linePath(points, place, true)).toBe('M0.0,99.0H20.0V95.0M40.0,95.0')
})

test('nothing is no line', () => {
  expect(linePath([], place)).toBe('')
  expect(linePath([{ t: 0, v: null }], place)).toBe('')
})
