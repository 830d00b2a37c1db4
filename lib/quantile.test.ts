import { expect, test } from 'vitest'
import { quantile } from './quantile.ts'

test('a quantile is the nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1)
  expect(quantile(hundred, 0.95)).toBe(95)
  expect(quantile(Float64Array.of(7), 0.5)).toBe(7)
  expect(quantile([], 0.5)).toBeUndefined()
})
