import { BREAKPOINTS, type Metric } from './air-quality.ts'

/**
 * Where a concentration stands, from 0 to 1, on a scale on which all categories are equally wide: a length that can be
 * compared among sensors, and that tells the category. The last category has no end; it is drawn as wide as to twice
 * its beginning.
 */
export function categoryShare(metric: Metric, concentration: number): number {
  const breakpoints = BREAKPOINTS[metric]
  const index = Math.max(
    0,
    breakpoints.findLastIndex(({ from }) => concentration >= from),
  )
  const from = breakpoints[index]?.from ?? 0
  const to = breakpoints[index + 1]?.from ?? 2 * from
  const within = Math.min(1, Math.max(0, (concentration - from) / (to - from)))
  return (index + within) / breakpoints.length
}
