import { nearestValue } from '../charts/point.ts'
import { firstIndex } from '../first-index.ts'
import type { ChartLine, ChartPicture } from './chart-picture.ts'

/** A value that is further away than this share of the picture is not the one that is pointed at. */
const REACH = 0.03

/** The value of a line at a time: the one that holds then, or the nearest. */
export function valueAt(
  { points }: Pick<ChartLine, 'points'>,
  t: number,
  { isSteps, fromMs, toMs }: Pick<ChartPicture, 'isSteps' | 'fromMs' | 'toMs'>,
): number | undefined {
  if (isSteps)
    return points[firstIndex(points.length, (index) => (points[index]?.t ?? 0) <= t) - 1]?.v ?? undefined
  const near = nearestValue(points, t)
  return near && Math.abs(near.t - t) <= (toMs - fromMs) * REACH ? near.v : undefined
}

/** The time between two neighbouring points of any line: what an arrow key moves by is never less. */
export const stepOf = ({ fromMs, toMs }: ChartPicture): number => (toMs - fromMs) / 60
