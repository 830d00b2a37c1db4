import { describe, expect, test } from 'vitest'
import { endOfLastMinutes, lastMinutes } from './last-minutes.ts'
import { everySecond, seriesOf } from './series-of.ts'

describe('the last minutes of a sensor', () => {
  test('are those of five minutes, with the lowest and the highest', () => {
    const series = seriesOf(1, [
      [100, 90] as const,
      ...everySecond(800, 900, 5),
      ...everySecond(901, 999, 45),
    ])
    const { points, lowest, highest } = lastMinutes(series, 'pm25', 1_000)
    expect([lowest, highest]).toEqual([5, 45])
    expect(points.filter(({ t }) => t >= 700).length).toBeGreaterThan(40)
  })

  test('of air that stands still are a line in the middle, and never below nothing', () => {
    expect(lastMinutes(seriesOf(1, everySecond(800, 999, 20)), 'pm25', 1_000)).toMatchObject({
      min: 17.5,
      max: 22.5,
    })
    expect(lastMinutes(seriesOf(1, everySecond(800, 999, 2)), 'pm25', 1_000)).toMatchObject({
      min: 0,
      max: 5,
    })
  })

  test('are broken where readings are missing', () => {
    const series = seriesOf(1, [...everySecond(800, 850), ...everySecond(950, 999)])
    expect(lastMinutes(series, 'pm25', 1_000).points.some(({ v }) => v === null)).toBe(true)
  })

  test('of a sensor that has said nothing are empty', () => {
    expect(lastMinutes(seriesOf(1, everySecond(0, 10)), 'pm25', 1_000)).toMatchObject({
      points: [],
      highest: undefined,
    })
  })
})

test('the end is not before now, goes on in steps, and not for all sensors at once', () => {
  const ends = [0, 1, 2].map((id) => endOfLastMinutes(id, 100.5))
  for (const end of ends) {
    expect(end).toBeGreaterThanOrEqual(100.5)
    expect(end).toBeLessThan(103.5)
  }
  expect(new Set(ends).size).toBe(3)
  expect(endOfLastMinutes(7, 100.1)).toBe(endOfLastMinutes(7, 100.9))
})
