import type { PGlite } from '@electric-sql/pglite'
import type { Column, Values } from './change.ts'
import { StatementError } from './errors.ts'
import {
  callFrame,
  closeFrame,
  copyFrames,
  copyInFrames,
  describeFrame,
  parseFrame,
  queryFrame,
  readDataRow,
  readError,
  readFields,
  readMessages,
  syncFrame,
} from './frames.ts'

/**
 * PGlite, called synchronously: it is WebAssembly in this thread, so waiting for it would not free the thread, and
 * what runs without a pause needs no lock. A call costs 0.03 ms. Its price: while a statement runs nobody is heard; what
 * becomes of a cancel request then, `session/late-cancel.ts` tells.
 */
export class Backend {
  readonly #pglite: PGlite
  #prepared = 0
  #undos: (() => void)[] = []

  constructor(pglite: PGlite) {
    this.#pglite = pglite
  }

  /**
   * Hands frames over as they are; answers whatever comes back. `execProtocolRawSync` would parse all of it once more,
   * and keep that for ever (electric-sql/pglite#1025). This has run when it returns its promise. Throws where PGlite is
   * closed; a rejection after some of an answer ends the process, for the WebAssembly is broken then.
   */
  exchange(frames: Uint8Array): Uint8Array {
    const answer: Uint8Array[] = []
    const onRawData = (bytes: Uint8Array) => void answer.push(bytes.slice())
    const done = this.#pglite.execProtocolRawStream(frames, { syncToFs: false, onRawData })
    const [first] = answer
    if (!first) {
      done.catch(() => {})
      throw new Error('PGlite does not answer')
    }
    return answer.length === 1 ? first : Buffer.concat(answer)
  }

  /** Rows of one or more statements, as text. */
  query(sql: string): Values[] {
    return readRows(this.exchange(queryFrame(sql)))
  }

  /** Puts rows of text into a table, after statements of `before`; half the cost of INSERT. */
  copy(table: string, rows: readonly Values[], before = ''): void {
    if (rows.length === 0) return
    const sql = `${before} COPY ${table} FROM STDIN`
    readRows(this.exchange(Buffer.concat([queryFrame(sql), copyFrames(rows)])))
  }

  /** Runs a COPY FROM STDIN. */
  copyIn(sql: string, data: Uint8Array): void {
    readRows(this.exchange(copyInFrames(sql, [data])))
  }

  /** Columns of a statement's result, without running it. */
  describe(sql: string): Column[] {
    const frames = Buffer.concat([parseFrame('', sql), describeFrame(''), syncFrame])
    const columns: Column[] = []
    for (const { type, body } of readMessages(this.exchange(frames))) {
      if (type === 'E') throw new StatementError(readError(body))
      if (type === 'T') for (const { column } of readFields(body)) columns.push(column)
    }
    return columns
  }

  /** A query to be run many times. */
  prepare(sql: string): PreparedStatement {
    const name = `mz:${++this.#prepared}`
    readRows(this.exchange(Buffer.concat([parseFrame(name, sql), syncFrame])))
    return new PreparedStatement(this, name)
  }

  /** All or nothing. Must not be nested. */
  transaction<Result>(work: () => Result): Result {
    return this.#bracket('BEGIN', 'COMMIT', 'ROLLBACK', work)
  }

  /** A transaction that leaves nothing behind. */
  rolledBack<Result>(work: () => Result): Result {
    return this.#bracket('BEGIN', 'ROLLBACK', 'ROLLBACK', work)
  }

  /** Undoes what failed within a transaction, and lets the transaction go on. */
  savepoint<Result>(work: () => Result): Result {
    return this.#bracket('SAVEPOINT mz', 'RELEASE mz', 'ROLLBACK TO mz; RELEASE mz', work)
  }

  /** Has `undo` called if what runs now is rolled back, after that: for what we keep beside the database. */
  onRollback(undo: () => void): void {
    this.#undos.push(undo)
  }

  #bracket<Result>(open: string, done: string, undo: string, work: () => Result): Result {
    this.query(open)
    const mark = this.#undos.length
    let result: Result
    try {
      result = work()
    } catch (error) {
      this.query(undo)
      this.#undoTo(mark)
      throw error
    }
    this.query(done)
    if (done === 'ROLLBACK') this.#undoTo(mark)
    else if (open === 'BEGIN') this.#undos = []
    return result
  }

  #undoTo(mark: number): void {
    for (const undo of this.#undos.splice(mark).reverse()) undo()
  }
}

export class PreparedStatement {
  readonly #backend: Backend
  readonly #name: string

  constructor(backend: Backend, name: string) {
    this.#backend = backend
    this.#name = name
  }

  rows(): Values[] {
    return readRows(this.#backend.exchange(callFrame(this.#name)))
  }

  close(): void {
    this.#backend.exchange(Buffer.concat([closeFrame(this.#name), syncFrame]))
  }
}

function readRows(bytes: Uint8Array): Values[] {
  const rows: Values[] = []
  for (const { type, body } of readMessages(bytes)) {
    if (type === 'D') rows.push(readDataRow(body))
    else if (type === 'E') throw new StatementError(readError(body))
  }
  return rows
}

export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** The text form of a `text[]`. */
export function textArray(items: Iterable<string | null>): string {
  const parts: string[] = []
  for (const item of items) parts.push(item === null ? 'NULL' : `"${item.replace(/["\\]/g, '\\$&')}"`)
  return `{${parts.join()}}`
}
