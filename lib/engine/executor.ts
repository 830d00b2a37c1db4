import { evaluationError, StatementError } from './errors.ts'
import { readMessages, readTag, tagMessage } from './frames.ts'
import type { Registry } from './registry.ts'
import { exchange, isRun, type Statement } from './statement.ts'
import { MAX_TIMESTAMP, nowFunction } from './time-sql.ts'
import type { Context } from './views/relation.ts'
import type { RangeVar } from './views/syntax.ts'
import { Table } from './views/table.ts'
import type { Work } from './work.ts'

/**
 * The codes of what values can make a query fail of: data exceptions, except of LIMIT and OFFSET; several rows in place
 * of one; and what functions of ours raise.
 */
const OF_ROWS = /^(?:22(?!01[WX])|21|P0001)/

/** Runs reads and writes one by one and makes their answers Materialize's. Knows nothing of transactions. */
export class Executor {
  readonly #context: Context
  readonly #registry: Registry

  constructor(context: Context, registry: Registry) {
    this.#context = context
    this.#registry = registry
  }

  /** Makes a timestamp the current time of SQL. */
  setNow(timestamp: bigint): void {
    this.#context.backend.query(`SELECT set_config('mz.now', '${timestamp}', false)`)
  }

  read(statement: Statement, work: Extract<Work, { kind: 'read' }>, now: bigint): Uint8Array {
    // Without a relation there is no time to read at: the older server answers the end of time.
    const isEternal =
      this.#context.era === 'tail' && work.fromNothing && statement.sql.includes(nowFunction('tail'))
    this.setNow(isEternal ? MAX_TIMESTAMP : now)
    if (!isRun(statement)) return exchange(this.#context, statement)
    for (const { schemaname, relname = '' } of work.from) this.#refuseFailing(schemaname, relname)
    try {
      return exchange(this.#context, statement)
    } catch (error) {
      throw error instanceof StatementError && OF_ROWS.test(error.fields.code) ? error.inRows() : error
    }
  }

  /** PostgreSQL computes only what is asked for; what is materialized is read whole, with its errors. */
  #refuseFailing(schema: string | undefined, name: string): void {
    const { object, relation } = this.#registry.lookUp(schema, name) ?? {}
    if (object?.kind !== 'materialized-view') return
    const failure = relation?.failure()
    if (failure !== undefined) throw evaluationError(failure)
  }

  write(statement: Statement, work: Extract<Work, { kind: 'write' }>): Uint8Array {
    const updated = work.updates && this.#table(work.updates)
    if (!updated) return exchange(this.#context, statement)
    const before = updated.countChanges()
    const answer = exchange(this.#context, statement)
    return retag(answer, (tag) => (tag.startsWith('UPDATE') ? `UPDATE ${updated.netChanges(before)}` : tag))
  }

  #table(range: RangeVar): Table | undefined {
    const relation = this.#registry.lookUp(range.schemaname, range.relname ?? '')?.relation
    return relation instanceof Table ? relation : undefined
  }
}

function retag(answer: Uint8Array, change: (tag: string) => string): Uint8Array {
  const parts = [...readMessages(answer)].map(({ type, body, bytes }) =>
    type === 'C' ? tagMessage(change(readTag(body))) : bytes,
  )
  return Buffer.concat(parts)
}
