'use client'

import { memo, useEffect } from 'react'
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  XAxis,
  YAxis,
} from 'recharts'
import { BREAKPOINTS, WHO_GUIDELINE } from '../../lib/readings/air-quality.ts'
import type { BandPoint } from '../../lib/readings/band-line.ts'
import type { ChartFrame } from './chart-frame.ts'
import { noteChart } from './first-chart.ts'
import { MARGIN, TIME_AXIS_HEIGHT, VALUE_AXIS_WIDTH } from './plot-area.ts'
import { SensorLines } from './sensor-lines.tsx'
import { tickTime } from './time-axis.ts'

const TICK = { fill: 'var(--text-muted)', fontSize: 11 }

const WHO_LABEL = {
  value: 'WHO 24-hour guideline',
  position: 'insideBottomRight',
  fill: 'var(--text-muted)',
  fontSize: 10,
  stroke: 'var(--surface)',
  strokeWidth: 3,
  strokeLinejoin: 'round',
  paintOrder: 'stroke',
} as const

const FORMER_LABEL = {
  ...WHO_LABEL,
  value: 'before the database began anew',
  position: 'insideTopRight',
} as const

/** What all lines and areas have in common: nothing that moves by itself, and no mark on each point. */
const STILL = {
  type: 'linear',
  isAnimationActive: false,
  dot: false,
  activeDot: false,
  connectNulls: false,
} as const

type Part = (point: BandPoint) => [number, number] | number | null
const spreadOf =
  (isFormer: boolean): Part =>
  ({ spread, ...point }) =>
    spread && point.isFormer === isFormer ? [spread.min, spread.max] : null
const meanOf =
  (isFormer: boolean): Part =>
  ({ spread, ...point }) =>
    spread && point.isFormer === isFormer ? spread.mean : null
/** Made once: recharts takes another function for another chart. */
const BANDS = [true, false].map((isFormer) => ({
  isFormer,
  spread: spreadOf(isFormer),
  mean: meanOf(isFormer),
}))

/**
 * One line for each sensor; of many the band between the lowest and the highest, their mean, and the lines of a few.
 * Drawn anew only for a new frame; what follows the pointer lies over it.
 */
export const ReadingsChart = memo(function ReadingsChart({ frame }: { frame: ChartFrame }) {
  useEffect(noteChart, [])
  const { max, ticks } = frame.valueAxis
  const thresholds = BREAKPOINTS[frame.metric].filter(({ from }) => from > 0 && from < max)
  const guideline = WHO_GUIDELINE[frame.metric]
  const bands = BANDS.filter(({ isFormer }) => frame.band.some((point) => point.isFormer === isFormer))
  return (
    <ComposedChart
      data={frame.band}
      width={frame.width}
      height={frame.height}
      margin={MARGIN}
      accessibilityLayer={false}
    >
      {thresholds.map(({ category, from }, index) => (
        <ReferenceArea
          key={category}
          y1={from}
          y2={thresholds[index + 1]?.from ?? max}
          fill={`var(--category-${category})`}
          fillOpacity="var(--band-opacity)"
          stroke="none"
        />
      ))}
      <CartesianGrid vertical={false} stroke="var(--grid)" />
      <XAxis
        dataKey="t"
        type="number"
        domain={[frame.fromS, frame.toS]}
        ticks={frame.timeTicks}
        tickFormatter={tickTime}
        tick={TICK}
        tickLine={false}
        axisLine={{ stroke: 'var(--grid)' }}
        height={TIME_AXIS_HEIGHT}
        tickMargin={8}
        interval={0}
        allowDataOverflow
      />
      <YAxis
        type="number"
        domain={[0, max]}
        ticks={ticks}
        tick={TICK}
        tickLine={false}
        axisLine={false}
        width={VALUE_AXIS_WIDTH}
        interval={0}
        allowDataOverflow
      />
      {thresholds.map(({ category, from }) => (
        <ReferenceLine
          key={category}
          y={from}
          stroke={`var(--category-${category})`}
          strokeOpacity={0.6}
          strokeDasharray="2 4"
        />
      ))}
      {guideline < max && (
        <ReferenceLine
          y={guideline}
          stroke="var(--text-muted)"
          strokeOpacity={0.8}
          strokeDasharray="8 3"
          label={WHO_LABEL}
        />
      )}
      {frame.formerUntilS !== undefined && (
        <ReferenceLine x={frame.formerUntilS} stroke="var(--text-muted)" label={FORMER_LABEL} />
      )}
      {bands.flatMap(({ isFormer, spread, mean }) => [
        <Area
          key={`spread-${isFormer}`}
          {...STILL}
          data-former={isFormer}
          className="band-spread"
          dataKey={spread}
          stroke="none"
          fill="var(--accent)"
          fillOpacity={isFormer ? 0.08 : 0.18}
        />,
        <Line
          key={`mean-${isFormer}`}
          {...STILL}
          data-former={isFormer}
          className="band-mean"
          dataKey={mean}
          stroke="var(--accent)"
          strokeWidth={isFormer ? 1.25 : 2}
          {...(isFormer && { strokeDasharray: '3 3' })}
        />,
      ])}
      <SensorLines frame={frame} />
    </ComposedChart>
  )
})
