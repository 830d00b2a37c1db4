'use client'

import { useId } from 'react'
import { BREAKPOINTS, CATEGORY_NAMES, categoryOf } from '../../lib/readings/air-quality.ts'
import type { TimeRange } from '../../lib/readings/line.ts'
import type { SilentEnd } from '../../lib/readings/silent-end.ts'
import { type ChartFrame, toPath, toX, toY } from './chart-frame.ts'
import { type ChartMark, ChartMarks, SilentEnds } from './chart-marks.tsx'
import { ChartWords } from './chart-words.tsx'
import type { Marked } from './nearest.ts'

interface ChartOverlayProps {
  readonly frame: ChartFrame
  /** The sensor that stands out. */
  readonly focusId: number | undefined
  /** True where the pointer or the reader has chosen it, false where it is merely the worst. */
  readonly chosen: boolean
  readonly cursorS: number | undefined
  readonly marked: Marked | undefined
  readonly outOfDate: boolean
  readonly silent: readonly SilentEnd[]
  readonly marks: readonly ChartMark[]
  /** The stretch that the reader is choosing. */
  readonly drag: TimeRange | undefined
}

/**
 * What lies over the lines: the one that stands out, marks, the crosshair, the stretch that is being chosen, and the
 * time for which nothing is known.
 */
export function ChartOverlay(props: ChartOverlayProps) {
  const { frame, focusId, chosen, cursorS, marked, outOfDate, silent, marks, drag } = props
  const id = useId()
  const { plot, newestS, toS, fromS } = frame
  const line = frame.lines.find((candidate) => candidate.id === focusId)
  const last = line?.points.findLast(({ v }) => v !== null)
  const lastV = last?.v ?? undefined
  const colour = lastV === undefined ? 'var(--text)' : `var(--category-${categoryOf(frame.metric, lastV)})`
  const unknownX = newestS === undefined ? undefined : Math.max(plot.left, toX(frame, newestS))
  return (
    <svg
      className="pointer-events-none absolute inset-0"
      width={frame.width}
      height={frame.height}
      aria-hidden="true"
    >
      <defs>
        <clipPath id={`${id}-plot`}>
          <rect x={plot.left} y={0} width={plot.width} height={plot.top + plot.height} />
        </clipPath>
        <pattern
          id={`${id}-unknown`}
          width="7"
          height="7"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <line x1="0" y1="0" x2="0" y2="7" stroke="var(--trouble)" strokeWidth="1.5" strokeOpacity="0.45" />
        </pattern>
      </defs>
      {outOfDate && unknownX !== undefined && (
        <rect
          x={unknownX}
          y={plot.top}
          width={Math.max(0, plot.left + plot.width - unknownX)}
          height={plot.height}
          fill={`url(#${id}-unknown)`}
        />
      )}
      <g clipPath={`url(#${id}-plot)`}>
        {line && (
          <path
            d={toPath(frame, line)}
            fill="none"
            stroke={colour}
            strokeWidth={chosen ? 2.25 : 1.75}
            strokeLinejoin="round"
            strokeLinecap="round"
          />
        )}
        {cursorS !== undefined && cursorS >= fromS && cursorS <= toS && (
          <line
            x1={toX(frame, cursorS)}
            x2={toX(frame, cursorS)}
            y1={plot.top}
            y2={plot.top + plot.height}
            stroke="var(--text-muted)"
            strokeDasharray="3 3"
          />
        )}
      </g>
      <ThresholdNames frame={frame} />
      <ChartMarks frame={frame} marks={marks} />
      <SilentEnds frame={frame} ends={silent} />
      {drag && <Drag frame={frame} range={drag} />}
      {marked ? (
        <Dot x={toX(frame, marked.t)} y={toY(frame, marked.v)} colour={colour} />
      ) : (
        last &&
        lastV !== undefined &&
        last.t >= fromS && <Dot x={toX(frame, last.t)} y={toY(frame, lastV)} colour={colour} />
      )}
    </svg>
  )
}

function Drag({ frame, range }: { frame: ChartFrame; range: TimeRange }) {
  const { plot } = frame
  const x = Math.max(plot.left, toX(frame, range.fromS))
  const width = Math.max(0, Math.min(plot.left + plot.width, toX(frame, range.toS)) - x)
  return (
    <g data-drag="true">
      <rect x={x} y={plot.top} width={width} height={plot.height} fill="var(--accent)" fillOpacity="0.14" />
      {[x, x + width].map((edge, index) => (
        <line
          // biome-ignore lint/suspicious/noArrayIndexKey: the two edges are what they are by their place
          key={index}
          x1={edge}
          x2={edge}
          y1={plot.top}
          y2={plot.top + plot.height}
          stroke="var(--accent)"
        />
      ))}
    </g>
  )
}

/** Over the lines, so that they can be read. */
function ThresholdNames({ frame }: { frame: ChartFrame }) {
  const { metric, plot, valueAxis } = frame
  return BREAKPOINTS[metric]
    .filter(({ from }) => from > 0 && from < valueAxis.max)
    .map(({ category, from }) => (
      <ChartWords key={category} x={plot.left + 4} y={toY(frame, from) - 4}>
        {CATEGORY_NAMES[category]}
      </ChartWords>
    ))
}

function Dot({ x, y, colour }: { x: number; y: number; colour: string }) {
  return <circle cx={x} cy={y} r={4} fill={colour} stroke="var(--surface)" strokeWidth={2} />
}
