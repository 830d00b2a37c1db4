import { expect, test } from 'vitest'
import { columnsFor } from './columns-for.ts'

test('24 lines have at most 3,000 points', () => {
  expect(24 * 2 * columnsFor(24, 1_200)).toBeLessThanOrEqual(3_000)
})

test('a machine that takes long to paint has fewer columns', () => {
  expect(columnsFor(10, 1_200, 0.5)).toBe(columnsFor(10, 1_200) / 2)
})

test('one line has at most a column for each pixel', () => {
  expect(columnsFor(1, 800)).toBe(800)
})
