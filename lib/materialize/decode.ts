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
 * Makes the decoder of a cursor's rows. Times, diffs and values become what our stream carries here and nowhere else.
 * Throws {@link RelationChangedError} where the cursor's columns are not the catalog's.
 */
export function createDecoder(
  relation: string,
  fields: readonly FieldDef[],
  columns: readonly Column[],
): (raw: RawRow) => CursorMessage {
  const own = fields.slice(LEADING)
  if (own.length !== columns.length || own.some(({ name }, i) => name !== columns[i]?.name)) {
    throw new RelationChangedError(relation)
  }
  const parts = own.map(({ name, dataTypeID }, i) => ({
    prefix: `${i === 0 ? '{' : ','}${JSON.stringify(name)}:`,
    encode: encoderOf(dataTypeID, columns[i]?.type ?? ''),
  }))
  return (raw) => {
    const timestamp = BigInt(raw[0] ?? '')
    if (raw[1] === 't') return { kind: 'progress', timestamp }
    let row = ''
    for (const [i, { prefix, encode }] of parts.entries()) {
      const text = raw[i + LEADING]
      row += prefix + (text === null || text === undefined ? 'null' : encode(text))
    }
    return { kind: 'update', timestamp, diff: Number(raw[2]), row: row === '' ? '{}' : `${row}}` }
  }
}
