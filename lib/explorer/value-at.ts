import type { ChartLine, ChartPicture } from './chart-picture.ts'

/** A value that is further away than this share of the picture is not the one that is pointed at. */
const REACH = 0.03

/** The value of a line at a time: the one that holds then, or the nearest. */
export function valueAt(
  { points }: ChartLine,
  t: number,
  { isSteps, fromMs, toMs }: Pick<ChartPicture, 'isSteps' | 'fromMs' | 'toMs'>,
): number | undefined {
  let low = 0
  let high = points.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((points[middle]?.t ?? 0) <= t) low = middle + 1
    else high = middle
  }
  const before = points[low - 1]
  if (isSteps) return before?.v ?? undefined
  const after = points[low]
  const reach = (toMs - fromMs) * REACH
  const [near] = [before, after]
    .flatMap((point) => (point && point.v !== null ? [{ v: point.v, away: Math.abs(point.t - t) }] : []))
    .sort((a, b) => a.away - b.away)
  return near && near.away <= reach ? near.v : undefined
}

/** The time between two neighbouring points of any line: what an arrow key moves by is never less. */
export const stepOf = ({ fromMs, toMs }: ChartPicture): number => (toMs - fromMs) / 60
