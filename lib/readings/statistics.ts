import { quantile } from '../quantile.ts'
import { type Category, categoryOf, type Metric } from './air-quality.ts'
import type { TimeRange } from './line.ts'
import type { SensorSeries } from './sensor-series.ts'

/** What one sensor has measured within a time. Concentrations in µg/m³. */
export interface SensorStatistics {
  /** Readings with a value. */
  readonly received: number
  /** How many its rhythm would have brought since its first reading in that time; undefined without a rhythm. */
  readonly expected: number | undefined
  readonly min: number | undefined
  readonly mean: number | undefined
  readonly max: number | undefined
  readonly p95: number | undefined
  /** Of the time that its readings cover, from 0 to 1. */
  readonly shares: Readonly<Record<Category, number>>
  /** Pauses that break its line, the one that goes on included. */
  readonly gaps: number
  readonly longestGapS: number
}

/** Reads each reading of the range once: ask at most once a second. */
export function statisticsOf(
  series: SensorSeries,
  metric: Metric,
  { fromS, toS }: TimeRange,
): SensorStatistics {
  const { gapS, intervalS, readings } = series
  const values: number[] = []
  const seconds: Record<Category, number> = {
    good: 0,
    moderate: 0,
    sensitive: 0,
    unhealthy: 0,
    'very-unhealthy': 0,
    hazardous: 0,
  }
  let firstS: number | undefined
  let before: { readonly t: number; readonly category: Category } | undefined
  let gaps = 0
  let longestGapS = 0
  /** A reading holds until the next one, but not through a gap. */
  const holdUntil = (t: number) => {
    if (!before) return
    const heldS = t - before.t
    seconds[before.category] += heldS > gapS ? (intervalS ?? 0) : heldS
    if (heldS <= gapS) return
    gaps += 1
    longestGapS = Math.max(longestGapS, heldS)
  }
  for (let index = series.indexAt(fromS); index < readings.length; index += 1) {
    const reading = readings[index]
    const value = reading?.[metric] ?? null
    if (!reading || value === null) continue
    if (reading.timestamp > toS) break
    holdUntil(reading.timestamp)
    firstS ??= reading.timestamp
    before = { t: reading.timestamp, category: categoryOf(metric, value) }
    values.push(value)
  }
  holdUntil(toS)
  values.sort((a, b) => a - b)
  return {
    received: values.length,
    expected:
      intervalS === undefined || firstS === undefined
        ? undefined
        : Math.floor((toS - firstS) / intervalS) + 1,
    min: values[0],
    mean: values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length,
    max: values.at(-1),
    p95: quantile(values, 0.95),
    shares: toShares(seconds),
    gaps,
    longestGapS,
  }
}

function toShares(seconds: Readonly<Record<Category, number>>): Record<Category, number> {
  const sum = Object.values(seconds).reduce((a, b) => a + b, 0) || 1
  return {
    good: seconds.good / sum,
    moderate: seconds.moderate / sum,
    sensitive: seconds.sensitive / sum,
    unhealthy: seconds.unhealthy / sum,
    'very-unhealthy': seconds['very-unhealthy'] / sum,
    hazardous: seconds.hazardous / sum,
  }
}
