import type { BandPoint } from '../../lib/readings/band-line.ts'
import { type ChartFrame, toPath, toX, toY } from './chart-frame.ts'

/**
 * The band between the lowest and the highest of all sensors, with their mean, in the places that recharts' axes give
 * it. As paths, as the lines of the sensors are: recharts would look at each of its points several times.
 */
export function BandShape({ frame }: { frame: ChartFrame }) {
  return [true, false].map((isFormer) => {
    const points = frame.band.filter((point) => point.isFormer === isFormer)
    if (points.length === 0) return null
    return (
      <g key={String(isFormer)} {...(isFormer && { 'data-former': true })}>
        <g className="band-spread">
          <path d={toArea(frame, points)} fill="var(--accent)" fillOpacity={isFormer ? 0.08 : 0.18} />
        </g>
        <g className="recharts-line band-mean">
          <path
            className="recharts-curve recharts-line-curve"
            d={toPath(frame, { points: points.map(({ t, spread }) => ({ t, v: spread?.mean ?? null })) })}
            fill="none"
            stroke="var(--accent)"
            strokeWidth={isFormer ? 1.25 : 2}
            {...(isFormer && { strokeDasharray: '3 3', 'data-former': true })}
          />
        </g>
      </g>
    )
  })
}

/** Along the highest values and back along the lowest, one shape for each stretch without a gap. */
export function toArea(frame: ChartFrame, points: readonly BandPoint[]): string {
  let path = ''
  let upper = ''
  let lower = ''
  const close = () => {
    if (upper !== '') path += `M${upper}L${lower}Z`
    upper = ''
    lower = ''
  }
  for (const { t, spread } of points) {
    if (!spread) {
      close()
      continue
    }
    const x = toX(frame, t).toFixed(1)
    const [high, low] = [toY(frame, spread.max).toFixed(1), toY(frame, spread.min).toFixed(1)]
    upper += upper === '' ? `${x},${high}` : `L${x},${high}`
    lower = lower === '' ? `${x},${low}` : `${x},${low}L${lower}`
  }
  close()
  return path
}
