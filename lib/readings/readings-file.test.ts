import { expect, test } from 'vitest'
import { BandSeries } from './band.ts'
import { BAND_COLUMNS, bandRows, READING_COLUMNS, readingRows } from './readings-file.ts'
import { everySecond, seriesOf } from './series-of.ts'

test('a file of readings has all that is held, sensor by sensor', () => {
  const sensors = [seriesOf(1, everySecond(0, 4, 7)), seriesOf(2, everySecond(2, 3))]
  const rows = [...readingRows(sensors)]
  expect(rows).toHaveLength(7)
  expect(rows[0]).toEqual([1, '1970-01-01T00:00:00.000Z', 7, null, null, null, 0])
  expect(rows[0]).toHaveLength(READING_COLUMNS.length)
})

test('a file of what is shown has no reading outside of it', () => {
  const sensors = [seriesOf(1, everySecond(0, 100)), seriesOf(2, everySecond(90, 120))]
  const times = [...readingRows(sensors, { fromS: 95, toS: 99 })].map((row) => row[6])
  expect(times).toEqual([95, 96, 97, 98, 99, 95, 96, 97, 98, 99])
})

test('a file of many sensors has a row for each second', () => {
  const band = new BandSeries()
  for (const timestamp of [10, 11, 12]) {
    band.set({ timestamp, readings: 9, pm25: { min: 1, mean: 2, max: 3 }, pm10: null })
  }
  const rows = [...bandRows(band, { fromS: 11, toS: 20 })]
  expect(rows).toHaveLength(2)
  expect(rows[0]).toEqual([11, '1970-01-01T00:00:11.000Z', 9, 1, 2, 3, null, null, null])
  expect(rows[0]).toHaveLength(BAND_COLUMNS.length)
})
