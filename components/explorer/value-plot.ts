import type { ChartPicture } from '../../lib/explorer/chart-picture.ts'
import { formatValue } from './value-words.ts'

export const CHART_MARGIN = { top: 8, right: 12, bottom: 0, left: 0 }
export const TIME_AXIS_HEIGHT = 26
const PX_PER_DIGIT = 6.6

/** Where the lines are drawn inside a chart, in pixels: the axis is as wide as its longest number. */
export interface ValuePlot {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export function plotOf({ scale }: ChartPicture, width: number, height: number): ValuePlot {
  const digits = scale.ticks.reduce((most, tick) => Math.max(most, formatValue(tick).length), 1)
  const left = Math.ceil(digits * PX_PER_DIGIT) + 16
  return {
    left,
    top: CHART_MARGIN.top,
    width: Math.max(1, width - left - CHART_MARGIN.right),
    height: Math.max(1, height - CHART_MARGIN.top - TIME_AXIS_HEIGHT),
  }
}
