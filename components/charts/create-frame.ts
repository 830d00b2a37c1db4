import { columnsFor } from '../../lib/charts/columns-for.ts'
import { toTimeTicks } from '../../lib/charts/time-ticks.ts'
import type { Metric } from '../../lib/readings/air-quality.ts'
import { type BandPoint, bandColumns, toBandLine } from '../../lib/readings/band-line.ts'
import { isPossible } from '../../lib/readings/faults.ts'
import { type SensorLine, type TimeRange, toLine } from '../../lib/readings/line.ts'
import { MAX_LINES, type ReadingsView } from '../../lib/readings/readings-view.ts'
import type { SensorSeries } from '../../lib/readings/sensor-series.ts'
import type { ChartFrame } from './chart-frame.ts'
import { toPlotArea } from './plot-area.ts'
import { toValueAxis, type ValueAxis } from './value-axis.ts'

const TICK_GAP_PX = 88
/** A tick nearer to the right edge would lose the end of its time. */
const TICK_EDGE_PX = 24

export interface FrameRequest {
  readonly metric: Metric
  readonly windowS: number
  readonly width: number
  readonly height: number
  /** The share of the points that the machine can afford, from 0 to 1; all of them when not given. */
  readonly detail?: number
}

/** What a picture is made of: lines, and where there are too many for a line each a band and those selected. */
export type FrameInput = Pick<ReadingsView, 'lines'> &
  Partial<Pick<ReadingsView, 'formerLines' | 'band' | 'formerBand' | 'selected'>>

/**
 * The picture of the `windowS` seconds before `toS`, which may be now or past. The scale of the picture before is kept
 * while it fits.
 */
export function createFrame(
  input: FrameInput,
  toS: number,
  { metric, windowS, width, height, detail = 1 }: FrameRequest,
  axisBefore?: ValueAxis,
): ChartFrame {
  const plot = toPlotArea(width, height)
  const range = { fromS: toS - windowS, toS }
  const drawn = toDrawn(input, metric)
  const former = toFormer(input)
  const columns = columnsFor(drawn.length + former.length, plot.width, detail)
  const toLines = (series: readonly SensorSeries[]) =>
    series.map((one) => toLine(one, metric, range, columns)).filter(({ points }) => points.length > 0)
  const lines = drawn.map((series) => toLine(series, metric, range, columns))
  const formerLines = toLines(former)
  const band = toBand(input, metric, range, bandColumns(plot.width, detail))
  const ticks = toTimeTicks(range.fromS * 1000, toS * 1000, plot.width, TICK_GAP_PX).map((ms) => ms / 1000)
  return {
    ...range,
    metric,
    lines,
    formerLines,
    formerUntilS: formerEnd(formerLines, band, toS),
    band,
    hidden: input.band ? 0 : input.lines.length - drawn.length,
    timeTicks: ticks.filter((t) => t <= toS - (TICK_EDGE_PX * windowS) / plot.width),
    valueAxis: toValueAxis(highestValue(metric, [...lines, ...formerLines], band), axisBefore),
    width,
    height,
    plot,
    newestS: newestTime(lines, band, toS),
  }
}

/** Beside a band those that are selected; of too many without one those that are worst now. */
function toDrawn({ lines, band, selected }: FrameInput, metric: Metric): readonly SensorSeries[] {
  if (band) return lines.filter(({ id }) => selected?.has(id))
  if (lines.length <= MAX_LINES) return lines
  return [...lines].sort((a, b) => (b.last?.[metric] ?? 0) - (a.last?.[metric] ?? 0)).slice(0, MAX_LINES)
}

/** The same of what was told before. */
function toFormer({ formerLines = [], band, selected }: FrameInput): readonly SensorSeries[] {
  const isTooMany = band !== undefined || formerLines.length > MAX_LINES
  return isTooMany ? formerLines.filter(({ id }) => selected?.has(id)) : formerLines
}

function toBand({ band, formerBand }: FrameInput, metric: Metric, range: TimeRange, columns: number) {
  const former = formerBand ? toBandLine(formerBand, metric, range, columns, true) : []
  return band ? former.concat(toBandLine(band, metric, range, columns)) : former
}

/** What no air can be does not set the scale: one faulty sensor would press all others flat. */
function highestValue(metric: Metric, lines: readonly SensorLine[], band: readonly BandPoint[]): number {
  let highest = 0
  const see = (value: number | null | undefined) => {
    if (value !== null && value !== undefined && value > highest && isPossible(metric, value)) highest = value
  }
  for (const { points } of lines) for (const { v } of points) see(v)
  for (const { spread } of band) {
    see(spread?.mean)
    see(spread?.max)
  }
  return highest
}

function newestTime(lines: readonly SensorLine[], band: readonly BandPoint[], toS: number) {
  const ends = lines.map(({ points }) => endOf(points, ({ v }) => v !== null, toS))
  ends.push(endOf(band, ({ spread, isFormer }) => spread !== null && !isFormer, toS))
  const newest = Math.max(...ends)
  return newest === Number.NEGATIVE_INFINITY ? undefined : newest
}

function formerEnd(formerLines: readonly SensorLine[], band: readonly BandPoint[], toS: number) {
  const ends = formerLines.map(({ points }) => endOf(points, ({ v }) => v !== null, toS))
  ends.push(endOf(band, ({ spread, isFormer }) => spread !== null && isFormer, toS))
  const newest = Math.max(...ends)
  return newest === Number.NEGATIVE_INFINITY ? undefined : newest
}

/** Where something ends in a picture: at its right edge where it goes on beyond it. */
function endOf<P extends { readonly t: number }>(
  points: readonly P[],
  isThere: (point: P) => boolean,
  toS: number,
): number {
  const index = points.findLastIndex((point) => point.t <= toS && isThere(point))
  const [last, next] = [points[index], points[index + 1]]
  if (!last) return Number.NEGATIVE_INFINITY
  return next && isThere(next) ? toS : last.t
}
