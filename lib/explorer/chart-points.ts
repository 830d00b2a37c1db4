/** A point of a line; a value of null breaks it. */
export interface Point {
  /** Milliseconds since 1970. */
  readonly t: number
  readonly v: number | null
}

/** So many points are kept of one line; the oldest go first. */
export const MAX_POINTS_OF_LINE = 10_000

/** The points of one line in the order of their time. What comes is nearly always the newest. */
export class ChartPoints {
  #points: Point[] = []

  get points(): readonly Point[] {
    return this.#points
  }

  add(t: number, v: number | null): void {
    const at = this.indexAfter(t)
    if (at === this.#points.length) this.#points.push({ t, v })
    else this.#points.splice(at, 0, { t, v })
    if (this.#points.length > MAX_POINTS_OF_LINE * 1.2) this.#points = this.#points.slice(-MAX_POINTS_OF_LINE)
  }

  /** The value at a time, instead of the one that was there. */
  put(t: number, v: number | null): void {
    const before = this.indexAfter(t) - 1
    if (this.#points[before]?.t === t) this.#points[before] = { t, v }
    else this.add(t, v)
  }

  remove(t: number, v: number | null): void {
    for (let at = this.indexAfter(t) - 1; this.#points[at]?.t === t; at -= 1) {
      if (this.#points[at]?.v !== v) continue
      if (at === 0) this.#points.shift()
      else this.#points.splice(at, 1)
      return
    }
  }

  forgetBefore(t: number): void {
    const first = this.#points[0]
    if (first && first.t < t) this.#points = this.#points.slice(this.indexAfter(t - 1))
  }

  /** Where the first point after a time stands. */
  indexAfter(t: number): number {
    const last = this.#points.at(-1)
    if (!last || last.t <= t) return this.#points.length
    let low = 0
    let high = this.#points.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#points[middle]?.t ?? 0) <= t) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** Steps that are looked at to know the rhythm of a line. */
const STEPS = 200
/** A line breaks where so many of its usual steps are missing. */
const GAP_STEPS = 5

/** Two points further apart than this are not joined. Infinite where there are too few to tell. */
export function gapOf(points: readonly Point[]): number {
  const steps: number[] = []
  for (let at = Math.max(1, points.length - STEPS); at < points.length; at += 1) {
    const step = (points[at]?.t ?? 0) - (points[at - 1]?.t ?? 0)
    if (step > 0) steps.push(step)
  }
  if (steps.length < 3) return Number.POSITIVE_INFINITY
  return GAP_STEPS * (steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0)
}

/**
 * The points of a stretch of time for a picture of so many columns: each keeps its lowest and its highest, so that
 * no peak is lost, and gaps stay gaps.
 */
export function thin(
  points: readonly Point[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  columns: number,
  gapMs: number,
): Point[] {
  const columnMs = Math.max(1e-6, (toMs - fromMs) / columns)
  const thinned: Point[] = []
  let column = Number.NaN
  let low: Point | undefined
  let high: Point | undefined
  let before: Point | undefined
  const flush = () => {
    if (low && high) {
      if (low === high) thinned.push(low)
      else if (low.t <= high.t) thinned.push(low, high)
      else thinned.push(high, low)
    }
    low = undefined
    high = undefined
  }
  const breakAt = (t: number) => {
    flush()
    if (thinned.length > 0 && thinned.at(-1)?.v !== null) thinned.push({ t, v: null })
  }
  for (const point of points) {
    if (point.t > toMs) break
    if (point.t < fromMs) continue
    if (point.v === null) breakAt(point.t)
    else {
      if (before && point.t - before.t > gapMs) breakAt((before.t + point.t) / 2)
      else if (Math.floor(point.t / columnMs) !== column) flush()
      column = Math.floor(point.t / columnMs)
      if (!low || point.v < (low.v ?? 0)) low = point
      if (!high || point.v > (high.v ?? 0)) high = point
    }
    before = point
  }
  flush()
  return thinned
}
