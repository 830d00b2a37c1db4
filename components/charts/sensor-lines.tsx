import { useId } from 'react'
import type { SensorLine } from '../../lib/readings/line.ts'
import { BandShape } from './band-shape.tsx'
import { type ChartFrame, toPath, toX, toY } from './chart-frame.ts'
import { sensorColour } from './sensor-colour.ts'

/**
 * The lines of the sensors, and of many the band of all, in the places that recharts' axes give them. As paths: of two
 * dozen `Line`s each tells the chart's store of its new points, and all that is in the chart looks at the store each
 * time.
 */
export function SensorLines({ frame }: { frame: ChartFrame }) {
  const id = useId()
  const { plot, lines, formerLines } = frame
  return (
    <>
      <clipPath id={id}>
        <rect x={plot.left} y={plot.top} width={plot.width} height={plot.height} />
      </clipPath>
      <g clipPath={`url(#${id})`} fill="none" strokeWidth={1.25} strokeLinecap="round" strokeLinejoin="round">
        <BandShape frame={frame} />
        {formerLines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a sensor has a line for each time the database began anew
          <g key={`former-${line.id}-${index}`} className="recharts-line" strokeDasharray="4 3">
            <Curve frame={frame} line={line} isFormer />
          </g>
        ))}
        {lines.map((line) => (
          <g key={line.id} className="recharts-line">
            <Curve frame={frame} line={line} />
          </g>
        ))}
      </g>
    </>
  )
}

interface CurveProps {
  readonly frame: ChartFrame
  readonly line: SensorLine
  readonly isFormer?: boolean
}

function Curve({ frame, line, isFormer = false }: CurveProps) {
  const colour = sensorColour(line.id)
  const [first, second] = line.points
  return (
    <>
      <path
        className="recharts-curve recharts-line-curve"
        d={toPath(frame, line)}
        stroke={colour}
        {...(isFormer && { 'data-former': true })}
      />
      {first && !second && first.v !== null && (
        <g className="recharts-line-dots">
          <circle cx={toX(frame, first.t)} cy={toY(frame, first.v)} r={3} stroke={colour} />
        </g>
      )}
    </>
  )
}
