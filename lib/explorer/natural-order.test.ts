import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstOf } from './natural-order.ts'

test('numbers are told as people count, not as texts', () => {
  expect(firstOf(['10', '9', 'b10', 'b9', '100'], 5)).toEqual(['9', '10', '100', 'b9', 'b10'])
})

test('the first few are those that come first when all are sorted', () => {
  const keys = fc.uniqueArray(fc.nat().map(String), { maxLength: 50 })
  fc.assert(
    fc.property(keys, fc.integer({ min: 1, max: 10 }), (all, max) => {
      expect(firstOf(all, max)).toEqual([...all].sort((a, b) => Number(a) - Number(b)).slice(0, max))
    }),
  )
})
