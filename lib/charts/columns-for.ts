/** A repaint of 24 lines of so many points takes about 12 ms; more would not be seen. */
const MAX_POINTS = 3_000
/** Below this a line is no longer a line. */
const MIN_COLUMNS = 40

/**
 * How many columns a chart of so many lines may have: at most one for each pixel, and not too many in all. `detail` is
 * the share of those that the machine can afford.
 */
export function columnsFor(lines: number, widthPx: number, detail = 1): number {
  const affordable = Math.floor((detail * MAX_POINTS) / 2 / Math.max(1, lines))
  return Math.max(MIN_COLUMNS, Math.min(Math.floor(widthPx), affordable))
}
