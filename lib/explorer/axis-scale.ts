const STEPS = [1, 2, 2.5, 5, 10]
/** A scale is kept until its values fill less than this share of it: it must not breathe with every value. */
const KEEP_ABOVE = 0.4

/** Values that differ by a smaller share are the same to the eye, and nearly to a float. */
const FLAT = 1e-9

/** A scale from one round number to another. */
export interface AxisScale {
  readonly min: number
  readonly max: number
  readonly ticks: readonly number[]
}

/** A round scale around some values; 0 is on it where that costs little room. The one before is kept while it fits. */
export function toAxisScale(low: number, high: number, before?: AxisScale, wanted = 4): AxisScale {
  let bottom = low > 0 && low < high * 0.6 ? 0 : low
  let top = high < 0 && high > low * 0.6 ? 0 : high
  if (before && low >= before.min && high <= before.max) {
    if (top - bottom >= (before.max - before.min) * KEEP_ABOVE) return before
  }
  if (top - bottom <= Math.max(Math.abs(top), Math.abs(bottom)) * FLAT || top - bottom < 1e-300) {
    // A value that does not change lies in the middle of something.
    const room = Math.abs(top) < 1e-290 ? 1 : Math.abs(top) * 0.1
    bottom -= room
    top += room
  }
  const rough = (top - bottom) / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * (STEPS.find((candidate) => candidate * power >= rough * 0.999) ?? 10)
  const first = Math.floor(bottom / step + 1e-9)
  const last = Math.ceil(top / step - 1e-9)
  const ticks = Array.from({ length: Math.min(20, last - first + 1) }, (_, index) =>
    // Multiplying leaves crumbs such as 0.30000000000000004.
    Number(((first + index) * step).toPrecision(14)),
  )
  return { min: ticks[0] ?? bottom, max: ticks.at(-1) ?? top, ticks }
}

const S = 1_000
const MIN = 60 * S
const H = 60 * MIN
const DAY = 24 * H
const TIME_STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * S),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MIN),
  ...[1, 2, 3, 6, 12].map((count) => count * H),
  ...[1, 2, 7, 14, 30, 90, 365, 730, 1_825].map((count) => count * DAY),
]

/** Round times in a range of milliseconds, at least so many pixels apart. Days begin at midnight in UTC. */
export function toTimeTicks(fromMs: number, toMs: number, widthPx: number, minGapPx: number): number[] {
  const wanted = ((toMs - fromMs) * minGapPx) / Math.max(1, widthPx)
  const step =
    TIME_STEPS.find((candidate) => candidate >= wanted) ?? Math.ceil(wanted / (365 * DAY)) * 365 * DAY
  const ticks: number[] = []
  for (let t = Math.ceil(fromMs / step) * step; t <= toMs; t += step) ticks.push(t)
  return ticks
}
