import type { Reading } from './reading.ts'
import { SensorSeries } from './sensor-series.ts'

/** For tests: a series of PM2.5 values by their times. */
export function seriesOf(
  id: number,
  values: readonly (readonly [t: number, pm25: number | null])[],
): SensorSeries {
  const series = new SensorSeries(id)
  for (const [timestamp, pm25] of values) {
    const reading: Reading = { id, pm25, pm10: null, latitude: null, longitude: null, timestamp }
    series.apply(reading, 1)
  }
  return series
}

/** For tests: one reading a second. */
export function everySecond(fromS: number, toS: number, value = 10): [number, number][] {
  return Array.from({ length: toS - fromS + 1 }, (_, index) => [fromS + index, value])
}
