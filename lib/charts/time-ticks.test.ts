import { expect, test } from 'vitest'
import { toTimeTicks } from './time-ticks.ts'

test.each([
  ['a minute', 60_000, 5],
  ['a day', 86_400_000, 4],
  ['ten years', 10 * 365 * 86_400_000, 3],
])('ticks of %s are round and not too near each other', (_, rangeMs, atLeast) => {
  const ticks = toTimeTicks(1_795_517_611_123, 1_795_517_611_123 + rangeMs, 600, 80)
  expect(ticks.length).toBeGreaterThanOrEqual(atLeast)
  expect(ticks.length).toBeLessThanOrEqual(8)
  expect(ticks.every((t) => t % 1_000 === 0)).toBe(true)
})

test('ticks are fewer on a narrow screen', () => {
  expect(toTimeTicks(0, 600_000, 300, 88).length).toBeLessThan(toTimeTicks(0, 600_000, 900, 88).length)
})
