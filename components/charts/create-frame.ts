import type { Metric } from '../../lib/readings/air-quality.ts'
import { columnsFor, type SensorLine, toLine } from '../../lib/readings/line.ts'
import type { SensorSeries } from '../../lib/readings/sensor-series.ts'
import type { ChartFrame } from './chart-frame.ts'
import { toPlotArea } from './plot-area.ts'
import { toTimeTicks } from './time-axis.ts'
import { toValueAxis, type ValueAxis } from './value-axis.ts'

/** More lines than this cannot be told apart, nor drawn in time. */
const MAX_LINES = 40
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

/** The picture of the last `windowS` seconds before `nowS`. The scale of the picture before is kept while it fits. */
export function createFrame(
  sensors: readonly SensorSeries[],
  nowS: number,
  { metric, windowS, width, height, detail = 1 }: FrameRequest,
  axisBefore?: ValueAxis,
): ChartFrame {
  const plot = toPlotArea(width, height)
  const range = { fromS: nowS - windowS, toS: nowS }
  const drawn = highest(sensors, metric)
  const columns = columnsFor(drawn.length, plot.width, detail)
  const lines = drawn.map((series) => toLine(series, metric, range, columns))
  const ticks = toTimeTicks(range.fromS, range.toS, plot.width, TICK_GAP_PX)
  return {
    ...range,
    metric,
    lines,
    hidden: sensors.length - drawn.length,
    timeTicks: ticks.filter((t) => t <= nowS - (TICK_EDGE_PX * windowS) / plot.width),
    valueAxis: toValueAxis(highestValue(lines), axisBefore),
    width,
    height,
    plot,
    newestS: newestTime(lines),
  }
}

/** Of too many sensors those that are worst now. */
function highest(sensors: readonly SensorSeries[], metric: Metric): readonly SensorSeries[] {
  if (sensors.length <= MAX_LINES) return sensors
  return [...sensors].sort((a, b) => (b.last?.[metric] ?? 0) - (a.last?.[metric] ?? 0)).slice(0, MAX_LINES)
}

function highestValue(lines: readonly SensorLine[]): number {
  let max = 0
  for (const { points } of lines) for (const { v } of points) if (v !== null && v > max) max = v
  return max
}

function newestTime(lines: readonly SensorLine[]): number | undefined {
  let newest: number | undefined
  for (const { points } of lines) {
    const t = points.at(-1)?.t
    if (t !== undefined && (newest === undefined || t > newest)) newest = t
  }
  return newest
}
