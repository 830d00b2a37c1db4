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

/** A repaint of 24 lines of so many points takes about 50 ms; more would make the page stutter. */
const MAX_POINTS = 3_000
/** Below this a line is no longer a line. */
const MIN_COLUMNS = 40

/** How many columns a chart of so many lines may have: at most one for each pixel, and not too many in all. */
export function columnsFor(lines: number, widthPx: number): number {
  const affordable = Math.floor(MAX_POINTS / 2 / Math.max(1, lines))
  return Math.max(MIN_COLUMNS, Math.min(Math.floor(widthPx), affordable))
}

/**
 * The line of one sensor in a time range. Each column of the picture keeps its lowest and its highest reading, so no
 * peak is lost. Columns stand on multiples of their width since 1970: a line does not shimmer while it moves left.
 */
export function toLine(
  series: SensorSeries,
  metric: Metric,
  { fromS, toS }: TimeRange,
  columns: number,
): SensorLine {
  const columnS = (toS - fromS) / columns
  const { gapS, readings } = series
  const points: Point[] = []
  let column = Number.NaN
  let low: Point | undefined
  let high: Point | undefined
  let before: number | undefined

  const flush = () => {
    if (!low || !high) return
    if (low === high) points.push(low)
    else if (low.t < high.t) points.push(low, high)
    else points.push(high, low)
    low = undefined
    high = undefined
  }

  // One reading more on the left: the line comes in from outside.
  for (let index = Math.max(0, series.indexAt(fromS) - 1); index < readings.length; index += 1) {
    const reading = readings[index]
    const value = reading?.[metric] ?? null
    if (!reading || value === null) continue
    if (reading.timestamp > toS) break
    const point: Point & { v: number } = { t: reading.timestamp, v: value }
    if (before !== undefined && point.t - before > gapS) {
      flush()
      points.push({ t: (before + point.t) / 2, v: null })
    } else if (Math.floor(point.t / columnS) !== column) {
      flush()
    }
    column = Math.floor(point.t / columnS)
    before = point.t
    if (!low || point.v < (low.v ?? 0)) low = point
    if (!high || point.v > (high.v ?? 0)) high = point
  }
  flush()
  return { id: series.id, points }
}
