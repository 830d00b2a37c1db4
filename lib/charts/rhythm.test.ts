import { expect, test } from 'vitest'
import { usualStep } from './rhythm.ts'

test('the usual step is the middle one, and what comes at once is no step', () => {
  expect(usualStep([0, 10, 10, 20, 30, 200], 3)).toBe(10)
})

test('too few steps are no rhythm', () => {
  expect(usualStep([0, 10, 20], 3)).toBeUndefined()
  expect(usualStep([], 1)).toBeUndefined()
})
