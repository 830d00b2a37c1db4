import { describe, expect, test } from 'vitest'
import { BandSeries } from './band.ts'
import { everySecond, seriesOf } from './series-of.ts'
import { summaryInWords, toBandSummary, toSummary, type Wording } from './summary.ts'

const wording: Wording = {
  name: 'PM2.5',
  when: 'over the last 10 minutes',
  number: (value) => value.toFixed(1),
  count: (value) => String(value),
  time: (t) => `second ${t}`,
}

describe('the sentence about a chart', () => {
  test('tells how it is on the whole, from where to where, who is highest and where it goes', () => {
    const sensors = [
      seriesOf(1, everySecond(0, 600, 12)),
      seriesOf(7, [...everySecond(0, 299, 10), ...everySecond(300, 600, 30)]),
    ]
    expect(summaryInWords(toSummary(sensors, 'pm25', { fromS: 0, toS: 600 }), wording)).toBe(
      'PM2.5 of 2 sensors over the last 10 minutes: mostly moderate, between 10.0 and 30.0 µg/m³, highest at sensor 7 at second 300, rising.',
    )
  })

  test('of one sensor names it once', () => {
    const summary = toSummary([seriesOf(3, everySecond(0, 60, 5))], 'pm25', { fromS: 0, toS: 60 })
    expect(summaryInWords(summary, wording)).toBe(
      'PM2.5 of sensor 3 over the last 10 minutes: mostly good, between 5.0 and 5.0 µg/m³, highest at second 0, steady.',
    )
  })

  test('says so where there is nothing to say', () => {
    expect(summaryInWords(toSummary([], 'pm25', { fromS: 0, toS: 60 }), wording)).toBe(
      'PM2.5 over the last 10 minutes: no readings.',
    )
  })
})

test('the sentence about many sensors is made from their band', () => {
  const band = new BandSeries()
  for (let timestamp = 0; timestamp <= 60; timestamp += 1) {
    const spread = { min: 1, mean: timestamp < 40 ? 10 : 20, max: timestamp === 44 ? 99 : 50 }
    band.set({ timestamp, readings: 500, pm25: spread, pm10: null })
  }
  const summary = toBandSummary(band, 500, 'pm25', { fromS: 0, toS: 60 })
  expect(summaryInWords(summary, wording)).toBe(
    'PM2.5 of 500 sensors over the last 10 minutes: mostly moderate, between 1.0 and 99.0 µg/m³, highest at second 44, rising.',
  )
  expect(toBandSummary(band, 500, 'pm10', { fromS: 0, toS: 60 })).toBeUndefined()
})

test('a faulty sensor among many does not take the others’ sentence', () => {
  const band = new BandSeries()
  for (let timestamp = 0; timestamp < 60; timestamp += 1) {
    band.set({ timestamp, readings: 500, pm25: { min: -50, mean: 10, max: 999.9 }, pm10: null })
  }
  expect(toBandSummary(band, 500, 'pm25', { fromS: 0, toS: 60 })).toMatchObject({
    lowest: 10,
    highest: { v: 10 },
  })
})

describe('the figures of a chart', () => {
  test('are of the range alone, and of the sensors that measured in it', () => {
    const sensors = [
      seriesOf(1, everySecond(0, 100, 10)),
      seriesOf(2, [[50, 99]]),
      seriesOf(3, [
        [70, null],
        [80, 1],
      ]),
    ]
    expect(toSummary(sensors, 'pm25', { fromS: 60, toS: 75 })).toMatchObject({
      sensors: 1,
      lowest: 10,
      highest: { id: 1, v: 10 },
    })
  })

  test('leave out what no air can be', () => {
    const sensors = [seriesOf(1, everySecond(0, 9, 5)), seriesOf(2, [[4, 5_000]])]
    expect(toSummary(sensors, 'pm25', { fromS: 0, toS: 9 })).toMatchObject({ sensors: 1, highest: { v: 5 } })
  })

  test('name no category where none has more than half', () => {
    const sensors = [seriesOf(1, everySecond(0, 9, 5)), seriesOf(2, everySecond(0, 9, 20))]
    expect(toSummary(sensors, 'pm25', { fromS: 0, toS: 9 })?.mostly).toBeUndefined()
  })

  test('call it falling where the end is lower than the begin', () => {
    const series = seriesOf(1, [...everySecond(0, 50, 30), ...everySecond(51, 90, 20)])
    expect(toSummary([series], 'pm25', { fromS: 0, toS: 90 })?.trend).toBe('falling')
  })
})
