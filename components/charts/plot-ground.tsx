import { memo } from 'react'
import { BREAKPOINTS, type Metric, WHO_GUIDELINE } from '../../lib/readings/air-quality.ts'
import { ChartWords } from './chart-words.tsx'
import { toPlotArea } from './plot-area.ts'
import type { ValueAxis } from './value-axis.ts'

/** Words stand this far from the line that they name, in pixels. */
const GAP_PX = 5

interface PlotGroundProps {
  readonly metric: Metric
  readonly valueAxis: ValueAxis
  readonly width: number
  readonly height: number
}

/**
 * What the lines lie on: the categories of the air as bands, the grid, and the guideline of the WHO. It stays as it is
 * while time goes by, so it is drawn anew for another scale or size only.
 */
export const PlotGround = memo(function PlotGround({ metric, valueAxis, width, height }: PlotGroundProps) {
  const plot = toPlotArea(width, height)
  const { max, ticks } = valueAxis
  const right = plot.left + plot.width
  const toY = (value: number) => plot.top + (1 - value / max) * plot.height
  const thresholds = BREAKPOINTS[metric].filter(({ from }) => from > 0 && from < max)
  const guideline = WHO_GUIDELINE[metric]
  return (
    <>
      {thresholds.map(({ category, from }, index) => {
        const top = toY(thresholds[index + 1]?.from ?? max)
        return (
          <rect
            key={category}
            x={plot.left}
            y={top}
            width={plot.width}
            height={toY(from) - top}
            fill={`var(--category-${category})`}
            fillOpacity="var(--band-opacity)"
          />
        )
      })}
      {ticks.map((tick) => (
        <Across key={tick} from={plot.left} to={right} y={toY(tick)} stroke="var(--grid)" />
      ))}
      {thresholds.map(({ category, from }) => (
        <Across
          key={category}
          from={plot.left}
          to={right}
          y={toY(from)}
          stroke={`var(--category-${category})`}
          strokeOpacity={0.6}
          strokeDasharray="2 4"
        />
      ))}
      {guideline < max && (
        <>
          <Across
            from={plot.left}
            to={right}
            y={toY(guideline)}
            stroke="var(--text-muted)"
            strokeOpacity={0.8}
            strokeDasharray="8 3"
          />
          <ChartWords x={right - GAP_PX} y={toY(guideline) - GAP_PX} textAnchor="end">
            WHO 24-hour guideline
          </ChartWords>
        </>
      )}
    </>
  )
})

interface AcrossProps {
  readonly from: number
  readonly to: number
  readonly y: number
  readonly stroke: string
  readonly strokeOpacity?: number
  readonly strokeDasharray?: string
}

function Across({ from, to, y, ...look }: AcrossProps) {
  return <line x1={from} x2={to} y1={y} y2={y} {...look} />
}
