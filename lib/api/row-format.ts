import type { Column } from '../protocol/events.ts'
import type { JsonValue, Row, RowJson } from '../protocol/row.ts'
import type { ROW_FORMATS } from './parameters.ts'

/** How rows are written one after the other. */
export interface RowFormat {
  readonly contentType: string
  begin(columns: readonly Column[]): string
  /** `isFirst`: nothing but the beginning precedes these. */
  rows(rows: readonly RowJson[], isFirst: boolean, columns: readonly Column[]): string
  readonly end: string
}

const json: RowFormat = {
  contentType: 'application/json',
  begin: () => '[',
  rows: (rows, isFirst) => (isFirst ? '\n' : ',\n') + rows.join(',\n'),
  end: '\n]\n',
}

const ndjson: RowFormat = {
  contentType: 'application/x-ndjson',
  begin: () => '',
  rows: (rows) => `${rows.join('\n')}\n`,
  end: '',
}

/** RFC 4180. Null is an empty cell, an empty text one of two quotes; what is neither text, number nor boolean is JSON. */
const csv: RowFormat = {
  contentType: 'text/csv; charset=utf-8; header=present',
  begin: (columns) => toLine(columns.map(({ name }) => toCell(name))),
  rows: (rows, _, columns) =>
    rows
      .map((text) => {
        const row = JSON.parse(text) as Row
        return toLine(columns.map(({ name }) => toCell(row[name] ?? null)))
      })
      .join(''),
  end: '',
}

const toLine = (cells: readonly string[]): string => `${cells.join(',')}\r\n`

function toCell(value: JsonValue): string {
  if (value === null) return ''
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export const rowFormats: Readonly<Record<(typeof ROW_FORMATS)[number], RowFormat>> = { json, csv, ndjson }
