import { csvLine, csvText } from '../csv.ts'
import type { Column } from '../protocol/events.ts'
import type { Row, RowJson } from '../protocol/row.ts'
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

/** Exact: nothing is changed for the sake of a spreadsheet. */
const csv: RowFormat = {
  contentType: 'text/csv; charset=utf-8; header=present',
  begin: (columns) => csvLine(columns.map(({ name }) => name)),
  rows: (rows, _, columns) =>
    rows
      .map((text) => {
        const row = JSON.parse(text) as Row
        return csvLine(columns.map(({ name }) => csvText(row[name])))
      })
      .join(''),
  end: '',
}

export const rowFormats: Readonly<Record<(typeof ROW_FORMATS)[number], RowFormat>> = { json, csv, ndjson }
