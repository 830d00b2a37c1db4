import { useId } from 'react'
import type { ChartPicture } from '../../lib/explorer/chart-picture.ts'
import { linePath } from '../charts/line-path.ts'
import type { PlotArea } from '../charts/plot-area.ts'
import { lineColour } from './line-colour.ts'

interface ValueCurvesProps {
  readonly picture: ChartPicture
  readonly plot: PlotArea
}

/** The lines of a picture, in the places that recharts' axes give them; a point alone is a dot. */
export function ValueCurves({ picture, plot }: ValueCurvesProps) {
  const id = useId()
  const { fromMs, toMs, scale, lines, isSteps } = picture
  const place = {
    toX: (t: number) => plot.left + ((t - fromMs) / (toMs - fromMs)) * plot.width,
    toY: (v: number) => plot.top + ((scale.max - v) / (scale.max - scale.min)) * plot.height,
  }
  return (
    <>
      <clipPath id={id}>
        <rect x={plot.left} y={plot.top} width={plot.width} height={plot.height} />
      </clipPath>
      <g clipPath={`url(#${id})`} fill="none" strokeWidth={1.5} strokeLinecap="round" strokeLinejoin="round">
        {lines.map((line) => {
          const colour = lineColour(line)
          const [only, second] = line.points
          return (
            <g key={line.id} className="recharts-line">
              <path
                className="recharts-curve recharts-line-curve"
                d={linePath(line.points, place, isSteps)}
                stroke={colour}
              />
              {only && !second && only.v !== null && (
                <g className="recharts-line-dots">
                  <circle cx={place.toX(only.t)} cy={place.toY(only.v)} r={3} stroke={colour} />
                </g>
              )}
            </g>
          )
        })}
      </g>
    </>
  )
}
