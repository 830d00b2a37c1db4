'use client'

import type { KeyboardEvent } from 'react'
import { CATEGORY_NAMES, categoryOf } from '../../lib/readings/air-quality.ts'
import type { TimeRange } from '../../lib/readings/line.ts'
import type { SilentEnd } from '../../lib/readings/silent-end.ts'
import type { ChartFrame } from '../charts/chart-frame.ts'
import type { ChartMark } from '../charts/chart-marks.tsx'
import { ChartOverlay } from '../charts/chart-overlay.tsx'
import { ChartTooltip } from '../charts/chart-tooltip.tsx'
import { nearestLine, readingNear } from '../charts/nearest.ts'
import { ReadingsChart } from '../charts/readings-chart.tsx'
import { clockTime } from '../charts/time-axis.ts'
import { usePlotGestures } from '../charts/use-plot-gestures.ts'
import { useHighlight } from '../live/highlight.tsx'
import { formatConcentration } from '../ui/number.ts'

/** An arrow key moves the crosshair by this share of the window. */
const KEY_STEPS = 60

/** What the charts of a page share: one crosshair, one stretch being chosen, one way through time. */
export interface SharedTime {
  /** The time under the crosshair. It stays at its readings while the picture moves on. */
  readonly cursorS: number | undefined
  readonly onCursor: (t: number | undefined) => void
  readonly drag: TimeRange | undefined
  readonly onDrag: (range: TimeRange | undefined) => void
  /** Shows the stretch between two times. */
  readonly onSelect: (aS: number, bS: number) => void
  /** Moves what is shown by a share of its width. */
  readonly onShift: (share: number) => void
  readonly onZoom: (factor: number, aboutS?: number) => void
  readonly onTogglePause: () => void
}

interface SensorPlotProps {
  readonly title: string
  readonly frame: ChartFrame
  readonly silent: readonly SilentEnd[]
  readonly marks: readonly ChartMark[]
  readonly outOfDate: boolean
  readonly time: SharedTime
}

/** The lines, what lies over them, and what hands and keys do to them. */
export function SensorPlot({ title, frame, silent, marks, outOfDate, time }: SensorPlotProps) {
  const highlight = useHighlight()
  const { cursorS, onCursor } = time
  const focusId = highlight.id ?? highestNow(frame)
  const line = frame.lines.find(({ id }) => id === focusId)
  const marked = line && cursorS !== undefined ? readingNear(frame, line, cursorS) : undefined
  const windowS = frame.toS - frame.fromS

  const onLeave = () => {
    onCursor(undefined)
    highlight.point(undefined)
  }
  const gestures = usePlotGestures({
    frame,
    onPoint: (t, y) => {
      onCursor(t)
      highlight.point(nearestLine(frame, t, y)?.id)
    },
    onLeave,
    onDrag: time.onDrag,
    onSelect: time.onSelect,
    onShift: time.onShift,
    onZoom: time.onZoom,
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = windowS / KEY_STEPS
    const from = cursorS ?? frame.newestS ?? frame.toS
    const { key, shiftKey } = event
    if (key === 'ArrowLeft' && shiftKey) time.onShift(-0.5)
    else if (key === 'ArrowRight' && shiftKey) time.onShift(0.5)
    else if (key === 'ArrowLeft') onCursor(Math.max(frame.fromS, from - step))
    else if (key === 'ArrowRight') onCursor(Math.min(frame.toS, from + step))
    else if (key === 'Home') onCursor(frame.fromS)
    else if (key === 'End') onCursor(frame.newestS ?? frame.toS)
    else if (key === 'ArrowUp') highlight.point(neighbour(frame, focusId, 1))
    else if (key === 'ArrowDown') highlight.point(neighbour(frame, focusId, -1))
    else if (key === ' ') time.onTogglePause()
    else if (key === 'Escape') onLeave()
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
        silent={silent}
        marks={marks}
        drag={time.drag}
      />
      {cursorS !== undefined && !time.drag && (
        <ChartTooltip frame={frame} cursorS={cursorS} marked={marked} />
      )}
      <div
        {...gestures}
        role="slider"
        tabIndex={0}
        aria-label={`Moment in ${title}`}
        aria-valuemin={-windowS}
        aria-valuemax={0}
        aria-valuenow={Math.round((cursorS ?? frame.toS) - frame.toS)}
        aria-valuetext={inWords(frame, focusId, cursorS)}
        className="absolute inset-0 cursor-crosshair touch-pan-y touch-pinch-zoom select-none rounded-md"
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
