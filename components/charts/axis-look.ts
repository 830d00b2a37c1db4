import { TIME_AXIS_HEIGHT } from './plot-area.ts'

const TICK = { fill: 'var(--text-muted)', fontSize: 11 }

/** What the time axes of all charts have in common. Their ticks are ours: recharts leaves none out. */
export const TIME_AXIS = {
  dataKey: 't',
  type: 'number',
  tick: TICK,
  tickLine: false,
  axisLine: { stroke: 'var(--grid)' },
  height: TIME_AXIS_HEIGHT,
  tickMargin: 8,
  interval: 0,
  allowDataOverflow: true,
} as const

/** The same of the axes of values. */
export const VALUE_AXIS = {
  type: 'number',
  tick: TICK,
  tickLine: false,
  axisLine: false,
  interval: 0,
  allowDataOverflow: true,
} as const
