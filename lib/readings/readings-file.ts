import type { BandSeries } from './band.ts'
import type { TimeRange } from './line.ts'
import type { SensorSeries } from './sensor-series.ts'

/** Names of the columns of a file of readings, as the relation calls them; `time` is the timestamp as people read it. */
export const READING_COLUMNS = ['id', 'time', 'pm25', 'pm10', 'geo_lat', 'geo_lon', 'timestamp'] as const

/** The rows of a file of readings, sensor by sensor in the order of time; of a range both ends are included. */
export function* readingRows(
  sensors: readonly SensorSeries[],
  range?: TimeRange,
): Generator<readonly (string | number | null)[]> {
  for (const series of sensors) {
    const { readings } = series
    for (let at = range ? series.indexAt(range.fromS) : 0; at < readings.length; at += 1) {
      const reading = readings[at]
      if (!reading || (range && reading.timestamp > range.toS)) break
      const { id, pm25, pm10, latitude, longitude, timestamp } = reading
      yield [id, new Date(timestamp * 1000).toISOString(), pm25, pm10, latitude, longitude, timestamp]
    }
  }
}

/** Names of the columns of a file of many sensors' band, as `air_quality_1s` calls them. */
export const BAND_COLUMNS = [
  'second',
  'time',
  'readings',
  'pm25_min',
  'pm25_mean',
  'pm25_max',
  'pm10_min',
  'pm10_mean',
  'pm10_max',
] as const

/** The rows of a file of many sensors: what all of them measured, second by second. */
export function* bandRows(
  { items }: BandSeries,
  range?: TimeRange,
): Generator<readonly (string | number | null)[]> {
  for (const { timestamp, readings, pm25, pm10 } of items) {
    if (range && (timestamp < range.fromS || timestamp > range.toS)) continue
    const spreads = [pm25, pm10].flatMap((spread) => [
      spread?.min ?? null,
      spread?.mean ?? null,
      spread?.max ?? null,
    ])
    yield [timestamp, new Date(timestamp * 1000).toISOString(), readings, ...spreads]
  }
}
