import type { FieldDef } from 'pg'
import type { Column } from '../protocol/events.ts'
import type { RowJson } from '../protocol/row.ts'
import type { RawRow } from './cursor.ts'
import { RelationChangedError } from './errors.ts'
import { encoderOf } from './json.ts'

/** One row of a cursor: a change, or how far the cursor has come: nothing more below `timestamp` will follow. */
export type CursorMessage =
  | { readonly kind: 'update'; readonly timestamp: bigint; readonly diff: number; readonly row: RowJson }
  | { readonly kind: 'progress'; readonly timestamp: bigint }

/** `mz_timestamp`, `mz_progressed` and `mz_diff` precede the relation's own columns. */
const LEADING = 3

/**
 * Makes the decoder of a relation's own columns, which stand behind `leading` others. Values become what our API carries
 * here and nowhere else. Throws {@link RelationChangedError} where the columns are not the catalog's.
 */
export function createRowDecoder(
  relation: string,
  fields: readonly FieldDef[],
  columns: readonly Column[],
  leading: number,
): (raw: RawRow) => RowJson {
  const own = fields.slice(leading)
  if (own.length !== columns.length || own.some(({ name }, i) => name !== columns[i]?.name)) {
    throw new RelationChangedError(relation)
  }
  const parts = own.map(({ name, dataTypeID }, i) => ({
    prefix: `${i === 0 ? '{' : ','}${JSON.stringify(name)}:`,
    encode: encoderOf(dataTypeID, columns[i]?.type ?? ''),
  }))
  return (raw) => {
    let row = ''
    for (const [i, { prefix, encode }] of parts.entries()) {
      const text = raw[i + leading]
      row += prefix + (text === null || text === undefined ? 'null' : encode(text))
    }
    return row === '' ? '{}' : `${row}}`
  }
}

/** Makes the decoder of a cursor's rows: times and diffs, and the rows by {@link createRowDecoder}. */
export function createDecoder(
  relation: string,
  fields: readonly FieldDef[],
  columns: readonly Column[],
): (raw: RawRow) => CursorMessage {
  const decodeRow = createRowDecoder(relation, fields, columns, LEADING)
  return (raw) => {
    const timestamp = BigInt(raw[0] ?? '')
    if (raw[1] === 't') return { kind: 'progress', timestamp }
    return { kind: 'update', timestamp, diff: Number(raw[2]), row: decodeRow(raw) }
  }
}
