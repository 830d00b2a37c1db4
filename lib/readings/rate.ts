import type { BandSeries } from './band.ts'
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

/**
 * The same from the seconds of all sensors. The window ends with the last second that has passed: the one that has
 * just begun lacks some of its readings.
 */
export function bandPerSecond(band: BandSeries, nowS: number): number {
  const passed = Math.floor(nowS) - 1
  const newest = band.items[band.indexAt(passed + 1) - 1]?.timestamp ?? 0
  const endS = Math.max(newest, passed - GRACE_S)
  let count = 0
  for (let index = band.indexAt(endS - WINDOW_S + 1); index < band.items.length; index += 1) {
    const second = band.items[index]
    if (!second || second.timestamp > endS) break
    count += second.readings
  }
  return count / WINDOW_S
}

/** Where the first reading later than a time stands. */
function after(series: SensorSeries, timestamp: number): number {
  let index = series.indexAt(timestamp)
  while (series.readings[index]?.timestamp === timestamp) index += 1
  return index
}
