'use client'

import { memo, useEffect } from 'react'
import { ComposedChart, XAxis, YAxis } from 'recharts'
import type { ChartFrame } from './chart-frame.ts'
import { noteChart } from './first-chart.ts'
import { FormerEnd } from './former-end.tsx'
import { MARGIN, TIME_AXIS_HEIGHT, VALUE_AXIS_WIDTH } from './plot-area.ts'
import { PlotGround } from './plot-ground.tsx'
import { SensorLines } from './sensor-lines.tsx'
import { tickTime } from './time-axis.ts'

const TICK = { fill: 'var(--text-muted)', fontSize: 11 }
const AXIS_LINE = { stroke: 'var(--grid)' }

/**
 * One line for each sensor; of many the band between the lowest and the highest, their mean, and the lines of a few.
 * Drawn anew only for a new frame; what follows the pointer lies over it. The axes are recharts'; the rest are shapes
 * in the places that these give them, as recharts would load 20 KB more and look at each point several times.
 */
export const ReadingsChart = memo(function ReadingsChart({ frame }: { frame: ChartFrame }) {
  useEffect(noteChart, [])
  const { max, ticks } = frame.valueAxis
  return (
    <ComposedChart width={frame.width} height={frame.height} margin={MARGIN} accessibilityLayer={false}>
      <PlotGround
        metric={frame.metric}
        valueAxis={frame.valueAxis}
        width={frame.width}
        height={frame.height}
      />
      <XAxis
        dataKey="t"
        type="number"
        domain={[frame.fromS, frame.toS]}
        ticks={frame.timeTicks}
        tickFormatter={tickTime}
        tick={TICK}
        tickLine={false}
        axisLine={AXIS_LINE}
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
      <FormerEnd frame={frame} />
      <SensorLines frame={frame} />
    </ComposedChart>
  )
})
