import { type Backend, quoteName, textArray } from '../backend.ts'
import type { Update, Values } from '../change.ts'
import { createDeltaTable, deltaName, deltaSql, writeDeltas } from './delta-table.ts'
import type { Copies } from './relation.ts'
import { rowKey } from './rows.ts'

const KEPT = 'mz:row'

/**
 * The output of a view whose rows are kept in memory, once more as a temporary table: views above read it instead of
 * computing this one again. A table of its changes stands beside it.
 */
export class Mirror {
  readonly #backend: Backend
  readonly #id: string
  readonly #table: string
  readonly #columns: string
  readonly #rows = new Map<string, { number: number; count: number }>()
  #numbers = 0

  constructor(
    backend: Backend,
    id: string,
    names: readonly string[],
    content: string,
    rows: Iterable<Copies>,
  ) {
    this.#backend = backend
    this.#id = id
    this.#table = quoteName(`mz:kept:${id}`)
    this.#columns = names.map(quoteName).join()
    backend.query(`CREATE TEMP TABLE ${this.#table} AS
      SELECT *, 0::int4 AS ${quoteName(KEPT)} FROM (${content}) q LIMIT 0;
      CREATE INDEX ON ${this.#table} (${quoteName(KEPT)});`)
    createDeltaTable(backend, id, this.content())
    this.#apply(rows)
  }

  content(): string {
    return `SELECT ${this.#columns} FROM ${this.#table}`
  }

  /** The table itself, for an index on it. */
  get table(): string {
    return this.#table
  }

  delta(only?: string): string {
    return deltaSql(this.#id, only)
  }

  write(
    changes: readonly Update[],
    { clear, deltaIsRead }: { readonly clear: boolean; readonly deltaIsRead: boolean },
  ): void {
    if (deltaIsRead) writeDeltas(this.#backend, this.#id, changes, clear)
    this.#apply(changes)
  }

  #apply(changes: Iterable<Copies>): void {
    const removed: string[] = []
    const added: Values[] = []
    for (const { values, diff } of changes) {
      const key = rowKey(values)
      const row = this.#rows.get(key)
      if (row) removed.push(String(row.number))
      const count = (row?.count ?? 0) + diff
      const number = row?.number ?? ++this.#numbers
      if (count <= 0) {
        this.#rows.delete(key)
        continue
      }
      this.#rows.set(key, { number, count })
      for (let copy = 0; copy < count; copy++) added.push([...values, String(number)])
    }
    if (removed.length > 0) {
      this.#backend.query(
        `DELETE FROM ${this.#table} WHERE ${quoteName(KEPT)} = ANY('${textArray(removed)}'::int4[])`,
      )
    }
    this.#backend.copy(this.#table, added)
  }

  close(): void {
    this.#backend.query(`DROP TABLE IF EXISTS ${this.#table}, ${deltaName(this.#id)}`)
  }
}
