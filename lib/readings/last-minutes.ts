import type { Metric } from './air-quality.ts'
import { type SensorLine, toLine } from './line.ts'
import type { SensorSeries } from './sensor-series.ts'

/** How much time a row of the table shows of its sensor, in seconds. */
export const LAST_MINUTES_S = 300
/** A column of the small picture is wider than a pixel: the line is read as a whole. */
const COLUMNS = 60
/** It moves on by about a pixel in this time, in seconds. */
const STEP_S = 3
/** Less than this is no change worth drawing as one, in µg/m³: air that stands still has a line that does. */
const MIN_SPAN = 5

/** The last minutes of one sensor, on a scale of its own: how it went, not how much it was. */
export interface LastMinutes {
  readonly points: SensorLine['points']
  /** µg/m³ at the lower and at the upper edge. */
  readonly min: number
  readonly max: number
  /** The lowest and the highest reading; undefined where there is none. */
  readonly lowest: number | undefined
  readonly highest: number | undefined
}

/** The last minutes before a time in Unix seconds, gaps as gaps. */
export function lastMinutes(series: SensorSeries, metric: Metric, toS: number): LastMinutes {
  const fromS = toS - LAST_MINUTES_S
  const { points } = toLine(series, metric, { fromS, toS }, COLUMNS)
  const values = points.flatMap(({ t, v }) => (v === null || t < fromS ? [] : [v]))
  if (values.length === 0) return { points: [], min: 0, max: MIN_SPAN, lowest: undefined, highest: undefined }
  const lowest = Math.min(...values)
  const highest = Math.max(...values)
  const spare = Math.max(0, MIN_SPAN - (highest - lowest)) / 2
  const min = Math.max(Math.min(0, lowest), lowest - spare)
  return { points, min, max: Math.max(highest + spare, min + MIN_SPAN), lowest, highest }
}

/**
 * Where the last minutes of a sensor end, just after now: it moves on in steps, and those of different sensors at
 * different times, so that a table of many is not painted at once.
 */
export function endOfLastMinutes(id: number, nowS: number): number {
  const phaseS = id % STEP_S
  return Math.ceil((nowS - phaseS) / STEP_S) * STEP_S + phaseS
}
