import type { Metric } from './air-quality.ts'
import type { Reading } from './reading.ts'
import type { SensorSeries } from './sensor-series.ts'

/** Where the line of a sensor that has fallen silent ends. */
export interface SilentEnd {
  readonly id: number
  /** Of its last reading, Unix seconds. */
  readonly t: number
  /** µg/m³ */
  readonly v: number
  readonly ageS: number
}

/**
 * Which lines have ended by a moment, and how long before. Judged at `asOfS`, the time up to which the readings are
 * known: when the stream breaks, the sensors have not fallen silent.
 */
export function silentEnds(
  sensors: Iterable<SensorSeries>,
  metric: Metric,
  fromS: number,
  asOfS: number,
): SilentEnd[] {
  const ends: SilentEnd[] = []
  for (const series of sensors) {
    const { id, silentAfterS } = series
    const last = lastUpTo(series, asOfS)
    const v = last?.[metric] ?? null
    if (!last || v === null || last.timestamp < fromS) continue
    const ageS = asOfS - last.timestamp
    if (ageS > silentAfterS) ends.push({ id, t: last.timestamp, v, ageS })
  }
  return ends
}

function lastUpTo(series: SensorSeries, t: number): Reading | undefined {
  const { last } = series
  return !last || last.timestamp <= t ? last : series.readings[series.indexAt(t) - 1]
}
