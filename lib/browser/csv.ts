import { csvLine, csvText } from '../csv.ts'

/** Characters by which a spreadsheet takes a text for a formula, tab and line ends among them. */
const FORMULA = /^[=+\-@\t\r\n]/
/** `-12` or `+1.5e3`: harmless, and exact numbers come as text. */
const NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i
/** So many lines are joined into one part: a part for each line would be dear, one for all would be held twice. */
const LINES_PER_PART = 1_000

/**
 * A CSV file (RFC 4180) in parts, as a Blob takes them: a line of names, then one for each row, each ended by CRLF.
 * Null is an empty cell, an empty text one of two quotes; what is neither text, number nor boolean is JSON. A text that
 * a spreadsheet would run as a formula is preceded by an apostrophe, names included. Of many rows each part takes a
 * moment: who asks for the next may let the page breathe before.
 */
export function* csvParts(columns: readonly string[], rows: Iterable<readonly unknown[]>): Generator<string> {
  let lines: string[] = [csvLine(columns.map(toText))]
  for (const row of rows) {
    lines.push(csvLine(row.map(toText)))
    if (lines.length < LINES_PER_PART) continue
    yield lines.join('')
    lines = []
  }
  yield lines.join('')
}

/** A file of such parts, for `download`. */
export function toBlob(parts: Iterable<string>): Blob {
  return new Blob([...parts], { type: 'text/csv;charset=utf-8' })
}

/** The whole file at once. */
export function toCsvBlob(columns: readonly string[], rows: Iterable<readonly unknown[]>): Blob {
  return toBlob(csvParts(columns, rows))
}

function toText(value: unknown): string | undefined {
  const text = csvText(value)
  if (text === undefined || typeof value === 'number') return text
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
}
