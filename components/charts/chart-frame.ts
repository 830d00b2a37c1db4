import type { Metric } from '../../lib/readings/air-quality.ts'
import type { BandPoint } from '../../lib/readings/band-line.ts'
import type { SensorLine } from '../../lib/readings/line.ts'
import type { PlotArea } from './plot-area.ts'
import type { ValueAxis } from './value-axis.ts'

/** All that one picture of a chart is drawn from. */
export interface ChartFrame {
  readonly metric: Metric
  readonly lines: readonly SensorLine[]
  /** What the database told before it began anew; drawn apart from the lines, and marked. */
  readonly formerLines: readonly SensorLine[]
  /** Where the newest of what was told before ends; undefined where there is none in the picture. */
  readonly formerUntilS: number | undefined
  /** Lowest, mean and highest of all sensors, where there are too many for a line each; else empty. */
  readonly band: readonly BandPoint[]
  /** Sensors that are not drawn, neither by a line nor by a band, because there are too many of them. */
  readonly hidden: number
  readonly fromS: number
  readonly toS: number
  readonly timeTicks: readonly number[]
  readonly valueAxis: ValueAxis
  readonly width: number
  readonly height: number
  readonly plot: PlotArea
  /** Time of the newest reading in the picture. */
  readonly newestS: number | undefined
}

export function toX({ plot, fromS, toS }: ChartFrame, t: number): number {
  return plot.left + ((t - fromS) / (toS - fromS)) * plot.width
}

export function toY({ plot, valueAxis }: ChartFrame, v: number): number {
  return plot.top + (1 - v / valueAxis.max) * plot.height
}

export function toTime({ plot, fromS, toS }: ChartFrame, x: number): number {
  return fromS + ((x - plot.left) / plot.width) * (toS - fromS)
}

/** The path of a line over the chart, broken where a value is missing. */
export function toPath(frame: ChartFrame, line: Pick<SensorLine, 'points'>): string {
  let path = ''
  let pen = 'M'
  for (const { t, v } of line.points) {
    if (v === null) pen = 'M'
    else {
      path += `${pen}${toX(frame, t).toFixed(1)},${toY(frame, v).toFixed(1)}`
      pen = 'L'
    }
  }
  return path
}
