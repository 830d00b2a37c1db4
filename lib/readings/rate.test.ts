import { describe, expect, test } from 'vitest'
import { readingsPerSecond } from './rate.ts'
import { everySecond, seriesOf } from './series-of.ts'

describe('readings per second', () => {
  test('are right from the first moment', () => {
    const series = [1, 2, 3].map((id) => seriesOf(id, everySecond(0, 100)))
    expect(readingsPerSecond(series, 100.7)).toBe(3)
  })

  test('fall to nothing when no reading comes', () => {
    const series = [seriesOf(1, everySecond(0, 100))]
    expect(readingsPerSecond(series, 108)).toBe(0.5)
    expect(readingsPerSecond(series, 130)).toBe(0)
  })

  test('do not count what a sensor claims to have measured in the future', () => {
    const series = [seriesOf(1, everySecond(0, 100)), seriesOf(2, [[5_000, 1]])]
    expect(readingsPerSecond(series, 100)).toBe(1)
  })
})
