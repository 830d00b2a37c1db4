import { isValue, type Point, type Value } from './point.ts'
import type { Rhythm } from './rhythm.ts'

/** A step this much longer than the usual one and than those beside it has a point missing in it. */
const MISSED = 1.9

/** Points by their place in the order of their time. */
export interface Stretch {
  readonly pointAt: (index: number) => Point | undefined
  readonly from: number
  /** Not included. */
  readonly to: number
}

/**
 * The points of a line for a picture whose columns are so wide. Each column keeps its lowest and its highest point, so no
 * peak is lost. Columns stand on multiples of their width since 1970: a line does not shimmer while it moves left.
 * Where a point or its value is missing the line is broken. A point alone between two breaks is there twice: a line
 * from it to itself is drawn as a dot.
 */
export function thin({ pointAt, from, to }: Stretch, columnWidth: number, { usual, gap }: Rhythm): Point[] {
  const missed = MISSED * (usual ?? Number.POSITIVE_INFINITY)
  const points: Point[] = []
  let runFrom = 0
  let column = Number.NaN
  let low: Value | undefined
  let high: Value | undefined
  let before: number | undefined
  let stepBefore = 0

  const flush = () => {
    if (!low || !high) return
    if (low === high) points.push(low)
    else if (low.t < high.t) points.push(low, high)
    else points.push(high, low)
    low = undefined
    high = undefined
  }
  const doubleAlone = () => {
    const alone = points.length === runFrom + 1 ? points[runFrom] : undefined
    if (alone) points.push(alone)
  }
  const breakAt = (t: number) => {
    flush()
    doubleAlone()
    if (points.length > runFrom) points.push({ t, v: null })
    runFrom = points.length
  }

  for (let index = from; index < to; index += 1) {
    const point = pointAt(index)
    if (!point) break
    const { t } = point
    if (!isValue(point)) {
      if (before !== undefined) breakAt(t)
      before = undefined
      continue
    }
    if (before !== undefined) {
      const step = t - before
      const stepAfter = (pointAt(index + 1)?.t ?? t) - t
      const isMissed = step > missed && step > MISSED * Math.max(stepBefore, stepAfter)
      if (step > gap || isMissed) breakAt((before + t) / 2)
      else if (Math.floor(t / columnWidth) !== column) flush()
      stepBefore = step
    }
    column = Math.floor(t / columnWidth)
    before = t
    if (!low || point.v < low.v) low = point
    if (!high || point.v > high.v) high = point
  }
  flush()
  if (runFrom > 0) doubleAlone()
  return points
}
