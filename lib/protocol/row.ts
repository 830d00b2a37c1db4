/** A value as it stands in our JSON: see the table of types in docs/stream.md. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }

/** One row, keyed by column name, in column order. */
export type Row = Record<string, JsonValue>

/**
 * A row as its JSON text, columns in their order. On the server it is the row: the text is what is sent, and as it
 * is canonical (the same row has the same text) it is also the key that rows are counted by.
 */
export type RowJson = string

/** The key of a row that arrived parsed; equal to the {@link RowJson} it was parsed from. */
export function rowKey(row: Row): RowJson {
  return JSON.stringify(row)
}
