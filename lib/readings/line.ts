import type { Point } from '../charts/point.ts'
import { thin } from '../charts/thin.ts'
import type { Metric } from './air-quality.ts'
import type { SensorSeries } from './sensor-series.ts'

/** A sensor's points, by Unix seconds. */
export interface SensorLine {
  readonly id: number
  readonly points: readonly Point[]
}

export interface TimeRange {
  readonly fromS: number
  readonly toS: number
}

/** The line of one sensor in a time range, for a picture of so many columns. */
export function toLine(
  series: SensorSeries,
  metric: Metric,
  { fromS, toS }: TimeRange,
  columns: number,
): SensorLine {
  const { gapS, intervalS, readings } = series
  const pointAt = (index: number): Point | undefined => {
    const reading = readings[index]
    return reading && { t: reading.timestamp, v: reading[metric] }
  }
  // One reading more on either side: the line comes in from outside, and a past one goes on there.
  const stretch = {
    pointAt,
    from: Math.max(0, series.indexAt(fromS) - 1),
    to: Math.min(readings.length, series.indexAt(toS) + 1),
  }
  return { id: series.id, points: thin(stretch, (toS - fromS) / columns, { usual: intervalS, gap: gapS }) }
}
