import type { Metric } from './air-quality.ts'
import type { SensorSeries } from './sensor-series.ts'

/** A point of a line; a value of null breaks it. */
export interface Point {
  /** Unix seconds. */
  readonly t: number
  readonly v: number | null
}

export interface SensorLine {
  readonly id: number
  readonly points: readonly Point[]
}

export interface TimeRange {
  readonly fromS: number
  readonly toS: number
}

/** A repaint of 24 lines of so many points takes about 12 ms; more would not be seen. */
const MAX_POINTS = 3_000
/** Below this a line is no longer a line. */
const MIN_COLUMNS = 40

/**
 * How many columns a chart of so many lines may have: at most one for each pixel, and not too many in all. `detail` is
 * the share of those that the machine can afford.
 */
export function columnsFor(lines: number, widthPx: number, detail = 1): number {
  const affordable = Math.floor((detail * MAX_POINTS) / 2 / Math.max(1, lines))
  return Math.max(MIN_COLUMNS, Math.min(Math.floor(widthPx), affordable))
}

/** A step this much longer than the usual one and than those beside it has a missing reading in it. */
const MISSED = 1.9

/**
 * The line of one sensor in a time range. Each column of the picture keeps its lowest and its highest reading, so no
 * peak is lost. Columns stand on multiples of their width since 1970: a line does not shimmer while it moves left.
 * Where a reading or its value is missing the line is broken. A reading alone between two gaps is there twice: a
 * line from it to itself is drawn as a dot.
 */
export function toLine(
  series: SensorSeries,
  metric: Metric,
  { fromS, toS }: TimeRange,
  columns: number,
): SensorLine {
  const columnS = (toS - fromS) / columns
  const { gapS, readings } = series
  const missedS = MISSED * (series.intervalS ?? Number.POSITIVE_INFINITY)
  const points: Point[] = []
  let runFrom = 0
  let column = Number.NaN
  let low: Point | undefined
  let high: Point | undefined
  let before: number | undefined
  let stepBefore = 0

  const flush = () => {
    if (!low || !high) return
    if (low === high) points.push(low)
    else if (low.t < high.t) points.push(low, high)
    else points.push(high, low)
    low = undefined
    high = undefined
  }
  const breakAt = (t: number) => {
    flush()
    const alone = points.length === runFrom + 1 ? points[runFrom] : undefined
    if (alone) points.push(alone)
    if (points.length > runFrom) points.push({ t, v: null })
    runFrom = points.length
  }

  // One reading more on either side: the line comes in from outside, and a past one goes on there.
  const end = Math.min(readings.length, series.indexAt(toS) + 1)
  for (let index = Math.max(0, series.indexAt(fromS) - 1); index < end; index += 1) {
    const reading = readings[index]
    if (!reading) break
    const value = reading[metric]
    if (value === null) {
      if (before !== undefined) breakAt(reading.timestamp)
      before = undefined
      continue
    }
    const point: Point & { v: number } = { t: reading.timestamp, v: value }
    if (before !== undefined) {
      const step = point.t - before
      const stepAfter = (readings[index + 1]?.timestamp ?? point.t) - point.t
      const isMissed = step > missedS && step > MISSED * Math.max(stepBefore, stepAfter)
      if (step > gapS || isMissed) breakAt((before + point.t) / 2)
      else if (Math.floor(point.t / columnS) !== column) flush()
      stepBefore = step
    }
    column = Math.floor(point.t / columnS)
    before = point.t
    if (!low || point.v < (low.v ?? 0)) low = point
    if (!high || point.v > (high.v ?? 0)) high = point
  }
  flush()
  const alone = runFrom > 0 && points.length === runFrom + 1 ? points[runFrom] : undefined
  if (alone) points.push(alone)
  return { id: series.id, points }
}
