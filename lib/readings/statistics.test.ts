import { describe, expect, test } from 'vitest'
import { everySecond, seriesOf } from './series-of.ts'
import { statisticsOf } from './statistics.ts'

const range = { fromS: 100, toS: 200 }

describe('the statistics of a sensor', () => {
  test('are those of the readings within the time', () => {
    const series = seriesOf(1, [
      [99, 900],
      [100, 10],
      [101, 20],
      [102, 60],
      [103, 30],
      [104, null],
    ])
    expect(statisticsOf(series, 'pm25', { fromS: 100, toS: 104 })).toMatchObject({
      received: 4,
      min: 10,
      mean: 30,
      max: 60,
      p95: 60,
      gaps: 0,
    })
  })

  test('tell how much of the time the air was in each category', () => {
    const series = seriesOf(1, [...everySecond(100, 174, 5), ...everySecond(175, 200, 20)])
    const { shares } = statisticsOf(series, 'pm25', range)
    expect(shares.good).toBeCloseTo(0.75)
    expect(shares.moderate).toBeCloseTo(0.25)
    expect(Object.values(shares).reduce((a, b) => a + b)).toBeCloseTo(1)
  })

  test('count the pauses and what they cost, the one that goes on included', () => {
    const series = seriesOf(1, [...everySecond(100, 120), ...everySecond(150, 180)])
    expect(statisticsOf(series, 'pm25', range)).toMatchObject({
      gaps: 2,
      longestGapS: 30,
      received: 52,
      expected: 101,
    })
  })

  test('do not expect what was before the first reading', () => {
    expect(statisticsOf(seriesOf(1, everySecond(180, 200)), 'pm25', range)).toMatchObject({
      received: 21,
      expected: 21,
      gaps: 0,
    })
  })

  test('are empty where nothing was measured', () => {
    expect(statisticsOf(seriesOf(1, everySecond(0, 50)), 'pm25', range)).toMatchObject({
      received: 0,
      expected: undefined,
      mean: undefined,
      p95: undefined,
      gaps: 0,
    })
  })
})
