import { expect, test } from 'vitest'
import { formatDistance } from './distance.ts'

test.each([
  [424, 'de-DE', '420 m'],
  [1_320, 'de-DE', '1,3 km'],
  [512_000, 'en-CA', '512 km'],
  [1_320, 'en-US', '0.8 mi'],
])('%d metres are told to readers of %s as %s', (metres, locale, words) => {
  expect(formatDistance(metres, locale)).toBe(words)
})
