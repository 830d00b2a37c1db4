import { shortAge } from '../../lib/readings/age.ts'
import type { SilentEnd } from '../../lib/readings/silent-end.ts'
import { type ChartFrame, toX, toY } from './chart-frame.ts'
import { ChartWords } from './chart-words.tsx'

/** Something that is marked on a chart beside its lines: a stretch of time, or a value that is watched. */
export type ChartMark =
  | {
      readonly kind: 'stretch'
      /** Tells it from the other marks of the chart. */
      readonly key: string
      readonly fromS: number
      /** Undefined while it lasts. */
      readonly toS: number | undefined
      readonly label: string
    }
  | { readonly kind: 'level'; readonly key: string; readonly value: number; readonly label: string }

/** Marks lie under the crosshair and over the lines. */
export function ChartMarks({ frame, marks }: { frame: ChartFrame; marks: readonly ChartMark[] }) {
  return marks.map((mark) =>
    mark.kind === 'level' ? (
      <Level key={mark.key} frame={frame} value={mark.value} label={mark.label} />
    ) : (
      <Stretch
        key={mark.key}
        frame={frame}
        fromS={mark.fromS}
        toS={mark.toS ?? frame.toS}
        label={mark.label}
      />
    ),
  )
}

interface LevelProps {
  readonly frame: ChartFrame
  readonly value: number
  readonly label: string
}

function Level({ frame, value, label }: LevelProps) {
  const { plot, valueAxis } = frame
  if (value < 0 || value > valueAxis.max) return null
  const y = toY(frame, value)
  const right = plot.left + plot.width
  return (
    <g>
      <line x1={plot.left} x2={right} y1={y} y2={y} stroke="var(--trouble)" strokeDasharray="6 3" />
      <ChartWords x={right - 4} y={y - 4} textAnchor="end" fill="var(--trouble)">
        {label}
      </ChartWords>
    </g>
  )
}

interface StretchProps {
  readonly frame: ChartFrame
  readonly fromS: number
  readonly toS: number
  readonly label: string
}

function Stretch({ frame, fromS, toS, label }: StretchProps) {
  const { plot } = frame
  if (toS < frame.fromS || fromS > frame.toS) return null
  const x = toX(frame, Math.max(frame.fromS, fromS))
  const width = Math.max(2, toX(frame, Math.min(frame.toS, toS)) - x)
  return (
    <g>
      <rect x={x} y={plot.top} width={width} height={plot.height} fill="var(--trouble)" fillOpacity="0.1" />
      <rect x={x} y={plot.top} width={width} height={3} fill="var(--trouble)" />
      <ChartWords x={x + 4} y={plot.top + 15} fill="var(--trouble)">
        {label}
      </ChartWords>
    </g>
  )
}

const LABEL_WIDTH = 92
const LABEL_HEIGHT = 13
/** More labels than this hide what they are about. */
const MAX_LABELS = 8

/** Where lines of silent sensors end, and for how long there has been nothing. */
export function SilentEnds({ frame, ends }: { frame: ChartFrame; ends: readonly SilentEnd[] }) {
  const right = frame.plot.left + frame.plot.width
  const placed: { x: number; y: number }[] = []
  return ends.map(({ id, t, v, ageS }) => {
    const x = toX(frame, t)
    const y = toY(frame, v)
    const isFree =
      placed.length < MAX_LABELS &&
      placed.every((other) => Math.abs(other.y - y) > LABEL_HEIGHT || Math.abs(other.x - x) > LABEL_WIDTH)
    if (isFree) placed.push({ x, y })
    const isLeft = x + LABEL_WIDTH > right
    return (
      <g key={id} data-silent-sensor={id}>
        <circle cx={x} cy={y} r={3} fill="var(--surface)" stroke="var(--text-muted)" strokeWidth="1.5" />
        {isFree && (
          <ChartWords
            x={isLeft ? x - 7 : x + 7}
            y={y + 3.5}
            textAnchor={isLeft ? 'end' : 'start'}
            fill="var(--text-muted)"
          >
            Sensor {id} silent {shortAge(ageS)}
          </ChartWords>
        )}
      </g>
    )
  })
}
