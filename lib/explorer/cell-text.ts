import type { JsonValue } from '../protocol/row.ts'

/** A cell shows no more characters than this; the rest is shown on demand. */
export const MAX_CELL_TEXT = 120

/** A float of more characters is rounded in a cell, and shown whole when it is pointed at. */
const MAX_FLOAT_TEXT = 12
/** So many digits are left of it. */
const FLOAT_DIGITS = 10

/** A value in one line, whatever is more than a line cut; a float as {@link shortFloat} has it. */
export function cellText(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') {
    // Cut first: a text of megabytes is not searched for line ends.
    return value.slice(0, MAX_CELL_TEXT + 1).replaceAll(/\s+/g, ' ')
  }
  if (typeof value === 'number') return shortFloat(value)
  if (typeof value !== 'object') return String(value)
  return JSON.stringify(value)
}

/** A float as it is; one with a tail of digits, such as 10.333333333333334, without its end. */
function shortFloat(value: number): string {
  const text = String(value)
  if (text.length <= MAX_FLOAT_TEXT || Number.isInteger(value)) return text
  return String(Number(value.toPrecision(FLOAT_DIGITS)))
}

/** Whether a cell cannot show all of a value. */
export function isCut(value: JsonValue | undefined): boolean {
  if (typeof value === 'string') return value.length > MAX_CELL_TEXT || /[\n\r\t]/.test(value)
  return typeof value === 'object' && value !== null
}

/** All of a value, JSON laid out to be read. */
export function fullText(value: JsonValue | undefined): string {
  if (typeof value === 'object' && value !== null) return JSON.stringify(value, null, 2)
  return typeof value === 'string' ? value : String(value ?? null)
}

/** A text of JSON laid out to be read; as it is where it is none, such as one that was cut. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

const UNITS = ['B', 'kB', 'MB', 'GB'] as const

/** A size as one says it: `812 B`, `1.2 kB`. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1_000
    unit += 1
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1
  const number = new Intl.NumberFormat(undefined, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return `${number.format(value)} ${UNITS[unit]}`
}
