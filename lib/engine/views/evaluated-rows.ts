import { type Backend, quoteName } from '../backend.ts'
import type { Update, Values } from '../change.ts'
import type { Relation } from './relation.ts'

/** SQL for a relation's rows, or for some changes of it with their "mz:diff". */
export type Keep = (source: Relation, changes?: readonly Update[]) => string

/**
 * Has `work` done with temporary tables of those rows that can be evaluated: where there are others, SQL for a relation
 * fails, or shows more than its changes tell. That reads all of it, as long as the others are there.
 */
export function withEvaluatedRows<Result>(backend: Backend, work: (keep: Keep) => Result): Result {
  let tables = 0
  const keep: Keep = (source, changes) => {
    const table = quoteName(`mz:evaluated:${++tables}`)
    const diff = changes ? ', 0::int8 AS "mz:diff"' : ''
    backend.query(`CREATE TEMP TABLE ${table} AS SELECT *${diff} FROM (${source.content()}) q LIMIT 0`)
    backend.copy(
      table,
      changes
        ? changes.map((change) => [...change.values, String(change.diff)])
        : [...source.snapshot()].flatMap((copies) => new Array<Values>(copies.diff).fill(copies.values)),
    )
    return `SELECT * FROM ${table}`
  }
  backend.query('SAVEPOINT mz_evaluated')
  try {
    return work(keep)
  } finally {
    backend.query('ROLLBACK TO mz_evaluated; RELEASE mz_evaluated')
  }
}
