import { expect, test } from 'vitest'
import { ageInWords, shortAge } from './age.ts'

test.each([
  [-5, '0 seconds', '0 s'],
  [1.9, '1 second', '1 s'],
  [59.9, '59 seconds', '59 s'],
  [60, '1 minute', '1 min'],
  [3_599, '59 minutes', '59 min'],
  [7_300, '2 hours', '2 h'],
  [200_000, '2 days', '55 h'],
])('an age of %d seconds is said as %s', (ageS, words, short) => {
  expect(ageInWords(ageS)).toBe(words)
  expect(shortAge(ageS)).toBe(short)
})
