/** Characters by which a spreadsheet takes a text for a formula, tab and line ends among them. */
const FORMULA = /^[=+\-@\t\r\n]/
/** `-12` or `+1.5e3`: harmless, and exact numbers come as text. */
const NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i
const NEEDS_QUOTES = /[",\r\n]/
/** So many lines are joined into one part: a part for each line would be dear, one for all would be held twice. */
const LINES_PER_PART = 1_000

/**
 * A CSV file (RFC 4180) in parts, as a Blob takes them: a line of names, then one for each row, each ended by CRLF.
 * Null is an empty cell; what is neither text, number nor boolean is JSON. A text that a spreadsheet would run as a
 * formula is preceded by an apostrophe, names included.
 */
export function toCsv(columns: readonly string[], rows: Iterable<readonly unknown[]>): string[] {
  const parts: string[] = []
  let lines: string[] = [toLine(columns)]
  for (const row of rows) {
    lines.push(toLine(row))
    if (lines.length < LINES_PER_PART) continue
    parts.push(lines.join(''))
    lines = []
  }
  parts.push(lines.join(''))
  return parts
}

/** A Blob of the file, for `download`. */
export function toCsvBlob(columns: readonly string[], rows: Iterable<readonly unknown[]>): Blob {
  return new Blob(toCsv(columns, rows), { type: 'text/csv;charset=utf-8' })
}

function toLine(cells: readonly unknown[]): string {
  return `${cells.map(toCell).join(',')}\r\n`
}

function toCell(value: unknown): string {
  const text = toText(value)
  const safe = typeof value !== 'number' && FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function toText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
