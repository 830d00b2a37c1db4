'use client'

import { memo, useEffect } from 'react'
import { ComposedChart, XAxis, YAxis } from 'recharts'
import { TIME_AXIS, VALUE_AXIS } from './axis-look.ts'
import type { ChartFrame } from './chart-frame.ts'
import { noteChart } from './first-chart.ts'
import { FormerEnd } from './former-end.tsx'
import { MARGIN, VALUE_AXIS_WIDTH } from './plot-area.ts'
import { PlotGround } from './plot-ground.tsx'
import { SensorLines } from './sensor-lines.tsx'
import { tickTime } from './time-axis.ts'

/**
 * One line for each sensor; of many the band between the lowest and the highest, their mean, and the lines of a few.
 * Drawn anew only for a new frame; what follows the pointer lies over it. The axes are recharts'; the rest are shapes
 * in the places that these give them, as recharts would load 20 KB more and look at each point several times.
 */
export const ReadingsChart = memo(function ReadingsChart({ frame }: { frame: ChartFrame }) {
  // What waits for the first chart waits for its first line: axes alone are there before the first reading.
  const isDrawn = frame.lines.length + frame.formerLines.length + frame.band.length > 0
  useEffect(() => {
    if (isDrawn) noteChart()
  }, [isDrawn])
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
        {...TIME_AXIS}
        domain={[frame.fromS, frame.toS]}
        ticks={frame.timeTicks}
        tickFormatter={tickTime}
      />
      <YAxis {...VALUE_AXIS} domain={[0, max]} ticks={ticks} width={VALUE_AXIS_WIDTH} />
      <FormerEnd frame={frame} />
      <SensorLines frame={frame} />
    </ComposedChart>
  )
})
