'use client'

import { memo } from 'react'
import { CartesianGrid, Line, LineChart, XAxis, YAxis } from 'recharts'
import type { ChartPicture } from '../../lib/explorer/chart-picture.ts'
import { TIME_AXIS, VALUE_AXIS } from '../charts/axis-look.ts'
import { MARGIN } from '../charts/plot-area.ts'
import { lineColour } from './line-colour.ts'
import { formatValue, tickWords } from './value-words.ts'

/** A tick nearer to an edge would lose a part of its words. */
const EDGE = 0.03

interface ValueLinesProps {
  readonly picture: ChartPicture
  readonly width: number
  readonly height: number
  readonly axisWidth: number
}

/** The lines and their axes, drawn anew only for a new picture. */
export const ValueLines = memo(function ValueLines({ picture, width, height, axisWidth }: ValueLinesProps) {
  const { fromMs, toMs, scale, lines, isSteps } = picture
  const rangeMs = toMs - fromMs
  return (
    <LineChart width={width} height={height} margin={MARGIN} accessibilityLayer={false}>
      <CartesianGrid vertical={false} stroke="var(--grid)" />
      <XAxis
        {...TIME_AXIS}
        domain={[fromMs, toMs]}
        ticks={picture.timeTicks.filter((t) => t > fromMs + rangeMs * EDGE && t < toMs - rangeMs * EDGE)}
        tickFormatter={(t: number) => tickWords(t, rangeMs)}
      />
      <YAxis
        {...VALUE_AXIS}
        domain={[scale.min, scale.max]}
        ticks={[...scale.ticks]}
        tickFormatter={formatValue}
        width={axisWidth}
      />
      {lines.map((line) => (
        <Line
          key={line.id}
          data={line.points}
          dataKey="v"
          type={isSteps ? 'stepAfter' : 'linear'}
          stroke={lineColour(line)}
          strokeWidth={1.5}
          strokeLinecap="round"
          strokeLinejoin="round"
          isAnimationActive={false}
          dot={line.points.length === 1}
          activeDot={false}
          connectNulls={false}
        />
      ))}
    </LineChart>
  )
})
