'use client'

import { type KeyboardEvent, type PointerEvent, useId, useState } from 'react'
import type { ChartPicture } from '../../lib/explorer/chart-picture.ts'
import { stepOf, valueAt } from '../../lib/explorer/value-at.ts'
import { ValueLines } from './value-lines.tsx'
import { plotOf } from './value-plot.ts'
import { ValueTooltip } from './value-tooltip.tsx'
import { formatValue, momentWords } from './value-words.ts'

interface ValueChartProps {
  readonly picture: ChartPicture
  readonly width: number
  readonly height: number
  readonly title: string
}

/** Lines with a crosshair that pointer and arrow keys move, and what they are at it in words. */
export function ValueChart({ picture, width, height, title }: ValueChartProps) {
  const id = useId()
  const [cursorMs, setCursor] = useState<number>()
  const plot = plotOf(picture, width, height)
  const { fromMs, toMs, lines } = picture
  const at = cursorMs === undefined ? undefined : Math.min(toMs, Math.max(fromMs, cursorMs))
  const onPointer = (event: PointerEvent<HTMLDivElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left
    const share = (x - plot.left) / plot.width
    setCursor(share < 0 || share > 1 ? undefined : fromMs + share * (toMs - fromMs))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const from = at ?? toMs
    if (event.key === 'ArrowLeft') setCursor(Math.max(fromMs, from - stepOf(picture)))
    else if (event.key === 'ArrowRight') setCursor(Math.min(toMs, from + stepOf(picture)))
    else if (event.key === 'Escape') setCursor(undefined)
    else return
    event.preventDefault()
  }
  const words = (t: number) =>
    lines
      .slice(0, 5)
      .flatMap((line) => {
        const value = valueAt(line, t, picture)
        return value === undefined ? [] : [`${line.label} ${formatValue(value)}`]
      })
      .join(', ')
  const rangeMs = toMs - fromMs
  return (
    <figure aria-label={`${title} over time`} aria-describedby={id} className="absolute inset-0">
      <p id={id} className="sr-only">
        {lines.length} {lines.length === 1 ? 'line' : 'lines'} from {momentWords(fromMs, rangeMs)} to{' '}
        {momentWords(toMs, rangeMs)}, values between {formatValue(picture.scale.min)} and{' '}
        {formatValue(picture.scale.max)}. The table below has all rows.
      </p>
      <div className="chart-lines">
        <ValueLines picture={picture} width={width} height={height} axisWidth={plot.left} />
      </div>
      {at !== undefined && (
        <ValueTooltip picture={picture} atMs={at} plot={plot} width={width} height={height} />
      )}
      <div
        role="slider"
        tabIndex={0}
        aria-label={`Moment in ${title}`}
        aria-valuemin={0}
        aria-valuemax={Math.round(rangeMs / 1000)}
        aria-valuenow={Math.round(((at ?? toMs) - fromMs) / 1000)}
        aria-valuetext={`${momentWords(at ?? toMs, rangeMs)}: ${words(at ?? toMs) || 'no value here'}`}
        className="absolute inset-0 cursor-crosshair touch-pan-y rounded-md"
        onPointerDown={onPointer}
        onPointerMove={onPointer}
        onPointerLeave={() => setCursor(undefined)}
        onKeyDown={onKeyDown}
        onBlur={() => setCursor(undefined)}
      />
    </figure>
  )
}
