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
