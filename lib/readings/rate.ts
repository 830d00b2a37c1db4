import type { SensorSeries } from './sensor-series.ts'

/** Long enough for a steady figure, short enough to notice a change. */
const WINDOW_S = 10
/** So old may the newest reading be before its absence counts. */
const GRACE_S = 3

/**
 * Readings per second, by the readings' own times and not by their arrival: so it is right from the first moment,
 * and a stream that catches up does not look like a burst. The window ends at the newest reading.
 */
export function readingsPerSecond(sensors: readonly SensorSeries[], nowS: number): number {
  let newest = nowS - GRACE_S
  for (const { last } of sensors) {
    if (last && last.timestamp <= nowS && last.timestamp > newest) newest = last.timestamp
  }
  let count = 0
  for (const series of sensors) count += after(series, newest) - after(series, newest - WINDOW_S)
  return count / WINDOW_S
}

/** Where the first reading later than a time stands. */
function after(series: SensorSeries, timestamp: number): number {
  let index = series.indexAt(timestamp)
  while (series.readings[index]?.timestamp === timestamp) index += 1
  return index
}
