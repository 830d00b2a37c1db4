import type { Metric } from './air-quality.ts'
import type { BandSeries } from './band.ts'
import type { TimeRange } from './line.ts'
import type { SensorSeries } from './sensor-series.ts'

/** Round steps of time that a reader can follow, in seconds. */
const STEPS_S = [1, 2, 5, 10, 15, 30, 60]
/** A table of more rows than this is not read. */
const MAX_ROWS = 60
/** A table of more columns than this is not read: beyond it the sensors are summed up. */
const MAX_COLUMNS = 8

export interface ChartTable {
  /** Width of a row's time in seconds. */
  readonly stepS: number
  /** Each sensor's own column, or the three of all together. */
  readonly columns: readonly TableColumn[]
  /** Newest first; without those that nobody has measured in. */
  readonly rows: readonly TableRow[]
}

export type TableColumn = { readonly id: number } | { readonly of: 'lowest' | 'mean' | 'highest' }

export interface TableRow {
  /** Begin of the row's time in Unix seconds. */
  readonly t: number
  /** One for each column, µg/m³; null where there was no reading. */
  readonly values: readonly (number | null)[]
}

const SUMS: readonly TableColumn[] = [{ of: 'lowest' }, { of: 'mean' }, { of: 'highest' }]

/**
 * What a chart shows as a table. Rows stand on round times and only those that have passed are there, so the table
 * of a moving chart changes with a new row and not with each reading. A sensor's value is its mean in the row's time.
 */
export function toChartTable(
  sensors: readonly SensorSeries[],
  metric: Metric,
  range: TimeRange,
  selected: ReadonlySet<number> = new Set(),
): ChartTable {
  const stepS = tableStepS(range)
  const chosen = selected.size > 0 ? sensors.filter(({ id }) => selected.has(id)) : sensors
  const apart = chosen.length <= MAX_COLUMNS
  const columns: readonly TableColumn[] = apart ? chosen.map(({ id }) => ({ id })) : SUMS
  const first = Math.ceil(range.fromS / stepS)
  const end = Math.floor(range.toS / stepS)
  const buckets = chosen.map((series) => toBuckets(series, metric, stepS, first, end))
  const all = apart ? undefined : merge(buckets, end - first)
  const rows: TableRow[] = []
  for (let index = end - first - 1; index >= 0; index -= 1) {
    const row = all
      ? spread(all[index])
      : buckets.map((own) => {
          const bucket = own[index]
          return bucket ? bucket.sum / bucket.count : null
        })
    if (row.some((value) => value !== null)) rows.push({ t: (first + index) * stepS, values: row })
  }
  return { stepS, columns, rows }
}

/** The table of many sensors, from their band: the lowest, the mean and the highest of all. */
export function toBandTable(band: BandSeries, metric: Metric, range: TimeRange): ChartTable {
  const stepS = tableStepS(range)
  const end = Math.floor(range.toS / stepS) * stepS
  const buckets = new Map<number, Bucket>()
  for (let at = band.indexAt(Math.ceil(range.fromS / stepS) * stepS); at < band.items.length; at += 1) {
    const second = band.items[at]
    if (!second || second.timestamp >= end) break
    const spread = second[metric]
    if (!spread) continue
    const { readings: count } = second
    const t = Math.floor(second.timestamp / stepS) * stepS
    const bucket = { count, sum: spread.mean * count, low: spread.min, high: spread.max }
    buckets.set(t, joined(buckets.get(t), bucket))
  }
  const rows = [...buckets].reverse().map(([t, bucket]) => ({ t, values: spread(bucket) }))
  return { stepS, columns: SUMS, rows }
}

/** The time between two rows of a chart's table, in seconds. */
export function tableStepS({ fromS, toS }: TimeRange): number {
  return STEPS_S.find((step) => (toS - fromS) / step <= MAX_ROWS) ?? 60
}

interface Bucket {
  count: number
  sum: number
  low: number
  high: number
}

function toBuckets(
  series: SensorSeries,
  metric: Metric,
  stepS: number,
  first: number,
  end: number,
): (Bucket | undefined)[] {
  const buckets: (Bucket | undefined)[] = []
  const { readings } = series
  for (let at = series.indexAt(first * stepS); at < readings.length; at += 1) {
    const reading = readings[at]
    if (!reading || reading.timestamp >= end * stepS) break
    const value = reading[metric]
    if (value === null) continue
    const index = Math.floor(reading.timestamp / stepS) - first
    buckets[index] = joined(buckets[index], { count: 1, sum: value, low: value, high: value })
  }
  return buckets
}

function merge(parts: readonly (Bucket | undefined)[][], length: number): (Bucket | undefined)[] {
  return Array.from({ length }, (_, index) => {
    let all: Bucket | undefined
    for (const part of parts) {
      const bucket = part[index]
      if (bucket) all = joined(all, bucket)
    }
    return all
  })
}

function joined(a: Bucket | undefined, b: Bucket): Bucket {
  if (!a) return { ...b }
  a.count += b.count
  a.sum += b.sum
  a.low = Math.min(a.low, b.low)
  a.high = Math.max(a.high, b.high)
  return a
}

function spread(bucket: Bucket | undefined): (number | null)[] {
  return bucket ? [bucket.low, bucket.sum / bucket.count, bucket.high] : [null, null, null]
}
