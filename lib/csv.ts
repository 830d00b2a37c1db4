const NEEDS_QUOTES = /[",\r\n]/

/** A value as the text of a cell; undefined for null. What is neither text, number nor boolean is JSON. */
export function csvText(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** A line of RFC 4180, ended by CRLF. Undefined is an empty cell, an empty text one of two quotes. */
export function csvLine(texts: readonly (string | undefined)[]): string {
  return `${texts.map(toCell).join(',')}\r\n`
}

function toCell(text: string | undefined): string {
  if (text === undefined) return ''
  return text === '' || NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
