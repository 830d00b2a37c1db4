'use client'

import { memo } from 'react'
import { CartesianGrid, Line, LineChart, ReferenceArea, ReferenceLine, XAxis, YAxis } from 'recharts'
import { BREAKPOINTS } from '../../lib/readings/air-quality.ts'
import type { ChartFrame } from './chart-frame.ts'
import { MARGIN, TIME_AXIS_HEIGHT, VALUE_AXIS_WIDTH } from './plot-area.ts'
import { sensorColour } from './sensor-colour.ts'
import { tickTime } from './time-axis.ts'

const TICK = { fill: 'var(--text-muted)', fontSize: 11 }

/** One line for each sensor. Drawn anew only for a new frame; what follows the pointer lies over it. */
export const ReadingsChart = memo(function ReadingsChart({ frame }: { frame: ChartFrame }) {
  const { max, ticks } = frame.valueAxis
  const thresholds = BREAKPOINTS[frame.metric].filter(({ from }) => from > 0 && from < max)
  return (
    <LineChart width={frame.width} height={frame.height} margin={MARGIN} accessibilityLayer={false}>
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
      {frame.lines.map(({ id, points }) => (
        <Line
          key={id}
          data={points}
          dataKey="v"
          type="linear"
          stroke={sensorColour(id)}
          strokeWidth={1.25}
          strokeLinecap="round"
          strokeLinejoin="round"
          isAnimationActive={false}
          dot={false}
          activeDot={false}
          connectNulls={false}
        />
      ))}
    </LineChart>
  )
})
