import { clockTime, dayTime, tickTime } from '../charts/time-axis.ts'

const exact = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 7 })
const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 2 })
const tiny = new Intl.NumberFormat(undefined, { notation: 'scientific', maximumFractionDigits: 2 })

/** A value on an axis or beside a line: seven digits are enough there, the table has them all. */
export function formatValue(value: number): string {
  const size = Math.abs(value)
  if (size >= 1e6) return size < 1e15 ? compact.format(value) : tiny.format(value)
  return size > 0 && size < 1e-4 ? tiny.format(value) : exact.format(value)
}

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
const DAY_MS = 86_400_000

/** A time on the axis of a range: a day, or a time of day. */
export function tickWords(ms: number, rangeMs: number): string {
  return rangeMs > 4 * DAY_MS ? day.format(ms) : tickTime(ms / 1000)
}

/** A time under the crosshair: with its day where the range has more than one. */
export function momentWords(ms: number, rangeMs: number): string {
  return (rangeMs > DAY_MS / 2 ? dayTime : clockTime)(ms / 1000)
}
