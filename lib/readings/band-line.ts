import type { Metric } from './air-quality.ts'
import type { BandSeries, Spread } from './band.ts'
import type { TimeRange } from './line.ts'

/** A moment of a band in µg/m³; without a spread it is broken there. */
export interface BandPoint {
  /** Unix seconds. */
  readonly t: number
  readonly spread: Spread | null
  /** True where the database told it before it began anew. */
  readonly isFormer: boolean
}

/** The band beside its lines: three values for each of these are a thousand points. */
const MAX_COLUMNS = 333

/** How many columns a band may have: at most one for each pixel. `detail` is the share that can be afforded. */
export function bandColumns(widthPx: number, detail = 1): number {
  return Math.max(40, Math.min(Math.floor(widthPx), Math.floor(detail * MAX_COLUMNS)))
}

/**
 * A band in a time range. Each column of the picture keeps its lowest and its highest value, and the mean of all its
 * readings. Columns stand on multiples of their width since 1970, as those of a line do.
 */
export function toBandLine(
  band: BandSeries,
  metric: Metric,
  { fromS, toS }: TimeRange,
  columns: number,
  isFormer = false,
): BandPoint[] {
  const columnS = (toS - fromS) / columns
  const { gapS, items } = band
  const points: BandPoint[] = []
  let column: Column | undefined
  let before: number | undefined
  const flush = () => {
    if (column) points.push({ t: column.t, spread: toSpread(column), isFormer })
    column = undefined
  }
  // One second more on either side: the band comes in from outside and goes on there.
  const first = Math.max(0, band.indexAt(fromS) - 1)
  for (const second of items.slice(first, band.indexAt(toS) + 1)) {
    const { timestamp, readings } = second
    const spread = second[metric]
    if (!spread) continue
    const number = Math.floor(timestamp / columnS)
    if (before !== undefined && timestamp - before > gapS) {
      flush()
      points.push({ t: (before + timestamp) / 2, spread: null, isFormer })
    } else if (number !== column?.number) flush()
    column ??= { number, t: timestamp, min: spread.min, max: spread.max, sum: 0, readings: 0 }
    column.min = Math.min(column.min, spread.min)
    column.max = Math.max(column.max, spread.max)
    column.sum += spread.mean * Math.max(1, readings)
    column.readings += Math.max(1, readings)
    before = timestamp
  }
  flush()
  return points
}

interface Column {
  readonly number: number
  readonly t: number
  min: number
  max: number
  sum: number
  readings: number
}

const toSpread = ({ min, max, sum, readings }: Column): Spread => ({ min, max, mean: sum / readings })
