'use client'

import { type KeyboardEvent, type PointerEvent, useId } from 'react'
import { CATEGORY_NAMES, categoryOf, type Metric } from '../../lib/readings/air-quality.ts'
import { type ChartFrame, toTime } from '../charts/chart-frame.ts'
import { ChartOverlay } from '../charts/chart-overlay.tsx'
import { ChartTooltip } from '../charts/chart-tooltip.tsx'
import { nearestLine, readingNear } from '../charts/nearest.ts'
import { ReadingsChart } from '../charts/readings-chart.tsx'
import { clockTime } from '../charts/time-axis.ts'
import { useHighlight } from '../live/highlight.tsx'
import { useChartFrame } from '../live/use-chart-frame.ts'
import { formatConcentration } from '../ui/number.ts'
import { useElementSize } from '../ui/use-element-size.ts'

/** An arrow key moves the crosshair by this share of the window. */
const KEY_STEPS = 60

export interface SensorChartProps {
  readonly metric: Metric
  readonly title: string
  readonly windowS: number
  readonly windowName: string
  /** False until there are rows to draw. */
  readonly ready: boolean
  readonly outOfDate: boolean
  /** The time under the crosshair, shared by the charts. It stays at its readings while the picture moves on. */
  readonly cursorS: number | undefined
  readonly onCursor: (t: number | undefined) => void
}

/** The readings of all sensors over time, with the worst one or the chosen one standing out. */
export function SensorChart(props: SensorChartProps) {
  const { metric, title, windowS, windowName, ready, outOfDate } = props
  const id = useId()
  const [ref, { width, height }] = useElementSize()
  const frame = useChartFrame(metric, windowS, width, height)
  return (
    <figure aria-labelledby={id} aria-describedby={`${id}-summary`} className="min-w-0">
      <div className="mb-2 flex items-baseline gap-2 px-5">
        <h2 id={id} className="font-semibold text-[0.9375rem]">
          {title}
        </h2>
        <span className="text-muted text-xs">µg/m³</span>
        {frame && frame.hidden > 0 && (
          <span className="ml-auto text-muted text-xs">the {frame.lines.length} highest sensors now</span>
        )}
      </div>
      <p id={`${id}-summary`} className="sr-only">
        {frame ? `${frame.lines.length} sensors over the last ${windowName}.` : 'The chart is loading.'}
      </p>
      <div ref={ref} className="chart-height relative mx-3" data-out-of-date={outOfDate}>
        {ready && frame && frame.width === width && frame.height === height ? (
          <Plot {...props} frame={frame} />
        ) : (
          <div className="skeleton mx-2 h-full" />
        )}
      </div>
    </figure>
  )
}

function Plot({
  frame,
  title,
  windowS,
  outOfDate,
  cursorS,
  onCursor,
}: SensorChartProps & { frame: ChartFrame }) {
  const highlight = useHighlight()
  const focusId = highlight.id ?? highestNow(frame)
  const line = frame.lines.find(({ id }) => id === focusId)
  const marked = line && cursorS !== undefined ? readingNear(frame, line, cursorS) : undefined

  const onPointer = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const t = toTime(frame, event.clientX - box.left)
    if (t < frame.fromS || t > frame.toS) return
    onCursor(t)
    highlight.point(nearestLine(frame, t, event.clientY - box.top)?.id)
  }
  const onLeave = () => {
    onCursor(undefined)
    highlight.point(undefined)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = windowS / KEY_STEPS
    const from = cursorS ?? frame.newestS ?? frame.toS
    if (event.key === 'ArrowLeft') onCursor(Math.max(frame.fromS, from - step))
    else if (event.key === 'ArrowRight') onCursor(Math.min(frame.toS, from + step))
    else if (event.key === 'ArrowUp') highlight.point(neighbour(frame, focusId, 1))
    else if (event.key === 'ArrowDown') highlight.point(neighbour(frame, focusId, -1))
    else if (event.key === 'Escape') onLeave()
    else return
    event.preventDefault()
  }

  return (
    <>
      <div className="chart-lines" data-focused={highlight.id !== undefined}>
        <ReadingsChart frame={frame} />
      </div>
      <ChartOverlay
        frame={frame}
        focusId={focusId}
        chosen={highlight.id !== undefined}
        cursorS={cursorS}
        marked={marked}
        outOfDate={outOfDate}
      />
      {cursorS !== undefined && <ChartTooltip frame={frame} cursorS={cursorS} marked={marked} />}
      <div
        role="slider"
        tabIndex={0}
        aria-label={`Moment in ${title}`}
        aria-valuemin={-windowS}
        aria-valuemax={0}
        aria-valuenow={Math.round((cursorS ?? frame.toS) - frame.toS)}
        aria-valuetext={inWords(frame, focusId, cursorS)}
        className="absolute inset-0 cursor-crosshair touch-pan-y rounded-md"
        onPointerDown={onPointer}
        onPointerMove={onPointer}
        onPointerLeave={onLeave}
        onKeyDown={onKeyDown}
        onBlur={onLeave}
      />
    </>
  )
}

function highestNow(frame: ChartFrame): number | undefined {
  const recent = (frame.newestS ?? 0) - 10
  let worst: { id: number; v: number } | undefined
  for (const { id, points } of frame.lines) {
    const last = points.at(-1)
    if (last && last.v !== null && last.t >= recent && last.v > (worst?.v ?? 0)) worst = { id, v: last.v }
  }
  return worst?.id
}

function neighbour(frame: ChartFrame, id: number | undefined, step: number): number | undefined {
  const index = frame.lines.findIndex((line) => line.id === id)
  return frame.lines.at((index + step + frame.lines.length) % frame.lines.length)?.id
}

function inWords(frame: ChartFrame, id: number | undefined, cursorS: number | undefined): string {
  const line = frame.lines.find((candidate) => candidate.id === id)
  const marked = line && readingNear(frame, line, cursorS ?? frame.toS)
  if (!marked) return 'No reading here'
  const category = CATEGORY_NAMES[categoryOf(frame.metric, marked.v)]
  return `${clockTime(marked.t)}: sensor ${marked.id}, ${formatConcentration(marked.v)} micrograms, ${category}`
}
