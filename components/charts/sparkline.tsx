import { memo } from 'react'

export interface SparkPoint {
  readonly t: number
  /** A value of null breaks the line. */
  readonly v: number | null
}

interface SparklineProps {
  readonly points: readonly SparkPoint[]
  readonly fromS: number
  readonly toS: number
  /** The value at the lower edge; 0 where it is not given. */
  readonly min?: number
  /** The value at the upper edge. */
  readonly max: number
  /** A pause longer than this breaks the line, in seconds. */
  readonly gapS: number
  /** `quiet` where many stand among each other. */
  readonly look?: 'strong' | 'quiet'
}

const WIDTH = 120
const HEIGHT = 28

/** A line without axes: how it went, not how much it was. */
export const Sparkline = memo(function Sparkline(props: SparklineProps) {
  const { points, fromS, toS, min = 0, max, gapS, look = 'strong' } = props
  let path = ''
  let before: number | undefined
  for (const { t, v } of points) {
    if (v === null) before = undefined
    if (v === null || t < fromS) continue
    const x = ((t - fromS) / (toS - fromS)) * WIDTH
    const y = HEIGHT - 1 - ((Math.min(v, max) - min) / (max - min)) * (HEIGHT - 2)
    path += `${before !== undefined && t - before <= gapS ? 'L' : 'M'}${x.toFixed(1)},${y.toFixed(1)}`
    before = t
  }
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className={`h-7 w-full overflow-visible ${look === 'strong' ? 'border-line border-b' : ''}`}
    >
      <path
        d={path}
        fill="none"
        stroke={look === 'strong' ? 'var(--accent)' : 'var(--text-muted)'}
        strokeWidth={look === 'strong' ? 1.5 : 1.25}
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  )
})
