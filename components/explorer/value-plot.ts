import type { ChartPicture } from '../../lib/explorer/chart-picture.ts'
import { type PlotArea, toPlotArea } from '../charts/plot-area.ts'
import { formatValue } from './value-words.ts'

const PX_PER_DIGIT = 6.6

/** Where the lines are drawn inside a chart: the axis is as wide as its longest number. */
export function plotOf({ scale }: ChartPicture, width: number, height: number): PlotArea {
  const digits = scale.ticks.reduce((most, tick) => Math.max(most, formatValue(tick).length), 1)
  return toPlotArea(width, height, Math.ceil(digits * PX_PER_DIGIT) + 16)
}
