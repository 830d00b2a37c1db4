import type { ClientBase, FieldDef } from 'pg'
import { RAW_TYPES } from './connect.ts'
import { otherWord } from './dialect.ts'
import { AsOfRefusedError, isAsOfRefusal, isSyntaxError } from './errors.ts'
import { type DeclareOptions, declareStatement, FETCH } from './statement.ts'

/** A cursor with PROGRESS speaks every second; one that is silent for so long has lost its server. */
export const WATCHDOG_MS = 10_000

/** The values of a row in text form, leading `mz_` columns included. */
export type RawRow = (string | null)[]

export interface FetchedRows {
  readonly fields: readonly FieldDef[]
  readonly rows: readonly RawRow[]
}

/**
 * Opens a transaction with a cursor over a relation. Nothing may stand between the two statements: the first
 * statement of a transaction decides what else it may read.
 */
export async function declareCursor(client: ClientBase, options: DeclareOptions): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(declareStatement(options))
  } catch (error) {
    if (!isSyntaxError(error)) throw error
    // Builds before a release may carry its number and still speak the word of the one before.
    await client.query('ROLLBACK')
    await client.query('BEGIN')
    await client.query(declareStatement({ ...options, word: otherWord(options.word) })).catch(() => {
      throw error
    })
  }
}

/**
 * Yields what each FETCH brings, until the stream has ended. Only ending the connection interrupts a waiting FETCH,
 * which then rejects; the connection's own time limit, {@link WATCHDOG_MS}, is what ends one that has gone silent. Throws {@link AsOfRefusedError} where the first FETCH finds the history gone.
 */
export async function* fetchRows(client: ClientBase, asOf?: bigint): AsyncGenerator<FetchedRows, void> {
  for (;;) {
    const { fields, rows } = await client
      .query<RawRow>({ text: FETCH, rowMode: 'array', types: RAW_TYPES })
      .catch((error: unknown) => {
        throw asOf !== undefined && isAsOfRefusal(error) ? new AsOfRefusedError(asOf, error) : error
      })
    // Without a timeout FETCH waits for a row, so none means that none will ever come.
    if (rows.length === 0) return
    yield { fields, rows }
  }
}
