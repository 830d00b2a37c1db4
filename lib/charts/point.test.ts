import { expect, test } from 'vitest'
import { nearestValue } from './point.ts'

const points = [
  { t: 0, v: 1 },
  { t: 10, v: 2 },
  { t: 20, v: null },
  { t: 900, v: 3 },
]

test('the value that is pointed at is the nearest', () => {
  const at = (t: number) => nearestValue(points, t)?.v
  expect([at(-5), at(4), at(6), at(16), at(500), at(5_000)]).toEqual([1, 1, 2, 2, 3, 3])
})

test('among no points none is near', () => {
  expect(nearestValue([], 1)).toBeUndefined()
})
