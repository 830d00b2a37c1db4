const S = 1_000
const MIN = 60 * S
const H = 60 * MIN
const DAY = 24 * H
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * S),
  ...[1, 2, 3, 5, 10, 15, 30].map((count) => count * MIN),
  ...[1, 2, 3, 6, 12].map((count) => count * H),
  ...[1, 2, 7, 14, 30, 90, 365, 730, 1_825].map((count) => count * DAY),
]

/** Round times in a range of milliseconds since 1970, at least so many pixels apart. Days begin at midnight in UTC. */
export function toTimeTicks(fromMs: number, toMs: number, widthPx: number, minGapPx: number): number[] {
  const wanted = ((toMs - fromMs) * minGapPx) / Math.max(1, widthPx)
  const step = STEPS.find((candidate) => candidate >= wanted) ?? Math.ceil(wanted / (365 * DAY)) * 365 * DAY
  const ticks: number[] = []
  for (let t = Math.ceil(fromMs / step) * step; t <= toMs; t += step) ticks.push(t)
  return ticks
}
