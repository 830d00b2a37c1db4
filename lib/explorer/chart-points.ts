import type { Point } from '../charts/point.ts'
import { GAP_STEPS, type Rhythm, usualStep } from '../charts/rhythm.ts'
import { firstIndex } from '../first-index.ts'

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
    const points = this.#points
    const last = points.at(-1)
    if (!last || last.t <= t) return points.length
    return firstIndex(points.length, (index) => (points[index]?.t ?? 0) <= t)
  }
}

/** Steps that are looked at to know the rhythm of a line. */
const STEPS = 200
/** Fewer steps are no rhythm. */
const MIN_STEPS = 3

/** The rhythm of a line whose points may come irregularly: a step that is a little longer says nothing. */
export function rhythmOf(points: readonly Point[]): Rhythm {
  const times = points.slice(-STEPS - 1).map(({ t }) => t)
  const usual = usualStep(times, MIN_STEPS)
  return { usual: undefined, gap: usual === undefined ? Number.POSITIVE_INFINITY : GAP_STEPS * usual }
}
