import type { ChartPicture } from '../../lib/explorer/chart-picture.ts'
import { valueAt } from '../../lib/explorer/value-at.ts'
import type { PlotArea } from '../charts/plot-area.ts'
import { lineColour } from './line-colour.ts'
import { formatValue, momentWords } from './value-words.ts'

const WIDTH = 208
const MAX_VALUES = 8

interface ValueTooltipProps {
  readonly picture: ChartPicture
  readonly atMs: number
  readonly plot: PlotArea
  readonly width: number
  readonly height: number
}

/** The crosshair, and the values at it, the highest first. */
export function ValueTooltip({ picture, atMs, plot, width, height }: ValueTooltipProps) {
  const { fromMs, toMs, lines, scale } = picture
  const x = plot.left + ((atMs - fromMs) / (toMs - fromMs)) * plot.width
  const toY = (v: number) => plot.top + (1 - (v - scale.min) / (scale.max - scale.min)) * plot.height
  const values = lines
    .flatMap((line) => {
      const value = valueAt(line, atMs, picture)
      return value === undefined ? [] : [{ line, value }]
    })
    .sort((a, b) => b.value - a.value)
  const left = x + 14 + WIDTH > width ? Math.max(0, x - 14 - WIDTH) : x + 14
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0">
      <svg width={width} height={height} className="absolute inset-0">
        <title>Crosshair</title>
        <line
          x1={x}
          x2={x}
          y1={plot.top}
          y2={plot.top + plot.height}
          stroke="var(--line-strong)"
          strokeDasharray="3 3"
        />
        {values.map(({ line, value }) => (
          <circle
            key={line.id}
            cx={x}
            cy={toY(value)}
            r={3}
            fill={lineColour(line)}
            stroke="var(--surface)"
            strokeWidth={1.5}
          />
        ))}
      </svg>
      <div
        className="absolute top-2 z-10 rounded-lg border border-line bg-raised px-3 py-2.5 text-xs shadow-lg"
        style={{ left, width: WIDTH }}
      >
        <p className="text-muted tabular-nums">{momentWords(atMs, toMs - fromMs)}</p>
        {values.length === 0 && <p className="mt-1">No value here</p>}
        <ul className="mt-1 grid gap-0.5">
          {values.slice(0, MAX_VALUES).map(({ line, value }) => (
            <li key={line.id} className="flex items-center gap-2">
              <span className="size-2 shrink-0 rounded-full" style={{ background: lineColour(line) }} />
              <span className="min-w-0 flex-1 truncate">{line.label}</span>
              <span className="font-medium tabular-nums">{formatValue(value)}</span>
            </li>
          ))}
        </ul>
        {values.length > MAX_VALUES && (
          <p className="mt-1 text-muted">and {values.length - MAX_VALUES} more below these</p>
        )}
      </div>
    </div>
  )
}
