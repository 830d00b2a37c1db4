import { CATEGORY_NAMES, categoryOf } from '../../lib/readings/air-quality.ts'
import { formatConcentration } from '../ui/number.ts'
import { type ChartFrame, toX } from './chart-frame.ts'
import { type Marked, readingNear } from './nearest.ts'
import { clockTime } from './time-axis.ts'

const WIDTH = 208

/** What the readings were at one moment: the sensor that is pointed at, and how it stands among the others. */
export function ChartTooltip({
  frame,
  cursorS,
  marked,
}: {
  frame: ChartFrame
  cursorS: number
  marked: Marked | undefined
}) {
  const x = toX(frame, cursorS)
  if (x < frame.plot.left || x > frame.plot.left + frame.plot.width) return null
  const values = frame.lines
    .flatMap((line) => readingNear(frame, line, cursorS)?.v ?? [])
    .sort((a, b) => a - b)
  const left = x + 14 + WIDTH > frame.width ? Math.max(0, x - 14 - WIDTH) : x + 14
  return (
    <div
      aria-hidden="true"
      data-tooltip="true"
      className="pointer-events-none absolute top-2 z-10 rounded-lg border border-line bg-raised px-3 py-2.5 text-xs shadow-lg"
      style={{ left, width: WIDTH }}
    >
      {/* The crosshair's, not the reading's: lines are thinned, each chart's in its own way. */}
      <p className="tabular-nums text-muted">{clockTime(cursorS)}</p>
      {marked ? <MarkedReading frame={frame} marked={marked} /> : <p className="mt-1">No reading here</p>}
      {values.length > 1 && (
        <dl className="mt-2 grid grid-cols-3 gap-2 border-t border-line pt-2 tabular-nums">
          <Figure name="Lowest" value={values[0]} />
          <Figure name="Median" value={values[values.length >> 1]} />
          <Figure name="Highest" value={values.at(-1)} />
        </dl>
      )}
    </div>
  )
}

function MarkedReading({ frame, marked }: { frame: ChartFrame; marked: Marked }) {
  const category = categoryOf(frame.metric, marked.v)
  return (
    <>
      <p className="mt-1 flex items-baseline justify-between gap-2 font-medium text-sm">
        <span>Sensor {marked.id}</span>
        <span className="tabular-nums">
          {formatConcentration(marked.v)} <span className="font-normal text-muted text-xs">µg/m³</span>
        </span>
      </p>
      <p className="mt-0.5 flex items-center gap-1.5 text-muted">
        <span
          className="size-2 shrink-0 rounded-full"
          style={{ background: `var(--category-${category})` }}
        />
        {CATEGORY_NAMES[category]}
      </p>
    </>
  )
}

function Figure({ name, value }: { name: string; value: number | undefined }) {
  return (
    <div>
      <dt className="text-muted">{name}</dt>
      <dd>{value === undefined ? '–' : formatConcentration(value)}</dd>
    </div>
  )
}
