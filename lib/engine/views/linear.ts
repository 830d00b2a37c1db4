import type { PreparedStatement } from '../backend.ts'
import type { Column, Update, Values } from '../change.ts'
import { StatementError } from '../errors.ts'
import { MAX_TIMESTAMP } from '../time-sql.ts'
import { createDeltaTable, deltaName, deltaSql, writeDeltas } from './delta-table.ts'
import { evaluateEach } from './failing-rows.ts'
import { Pending } from './pending.ts'
import { keepsRows } from './query-shape.ts'
import { type Context, type Copies, type IndexPart, Relation, type Step, sourceName } from './relation.ts'
import { Consolidation } from './rows.ts'
import { spanOf } from './span.ts'
import {
  and,
  formatSelect,
  type Node,
  parseExpression,
  type Select,
  substitute,
  target,
  withSources,
} from './syntax.ts'
import type { TemporalFilter } from './temporal.ts'

/** A query over one relation that looks at each row alone. */
export interface LinearQuery {
  readonly source: Relation
  /** FROM holds the source under `sourceName`. */
  readonly select: Select
  readonly filter: TemporalFilter
}

/**
 * A selection and projection of one relation, perhaps with a temporal filter. Its changes are its own query over the
 * changes of its source: each keeps its diff. A temporal filter turns each of them into one at the lower bound and
 * its opposite at the upper; those of the future wait in memory, and cancel with those of a row deleted meanwhile.
 */
export class Linear extends Relation {
  readonly #source: Relation
  readonly #query: LinearQuery
  readonly #pending = new Pending()
  #prepared: PreparedStatement | undefined
  #fed = false
  /** Its rows are those of its source, and so its changes are. */
  readonly #isCopy: boolean

  constructor(context: Context, id: string, columns: readonly Column[], query: LinearQuery, now: bigint) {
    super(context, id, columns, [query.source], now)
    this.#source = query.source
    this.#query = query
    const { select, filter, source } = query
    this.#isCopy = !select.whereClause && filter.bounds.length === 0 && keepsRows(select, source.columns)
    query.source.feed()
    this.#load(now)
  }

  get #isTemporal(): boolean {
    return this.#query.filter.bounds.length > 0
  }

  get origin(): Relation {
    return this.#isTemporal ? this : this.#source.origin
  }

  content(): string {
    return withSources([[sourceName(this.#source), this.#source.content()]], formatSelect(this.#query.select))
  }

  override lookup(): string {
    return withSources([[sourceName(this.#source), this.#source.lookup()]], formatSelect(this.#query.select))
  }

  delta(only?: string): string {
    if (!this.#isTemporal) return this.#over(this.#source.delta(only))
    return deltaSql(this.id, only)
  }

  /** The query without its temporal filter over rows with a "mz:diff", which it passes on, and the bounds after it. */
  #over(rows: string): string {
    const { select, filter } = this.#query
    const extra = [parseExpression('"mz:diff"'), ...filter.bounds.map(({ expression }) => expression)]
    const targets = extra.map((node, index) => target(node, index === 0 ? 'mz:diff' : `mz:bound:${index}`))
    const { whereClause: _, ...rest } = select
    const where = and(filter.plain)
    const widened = {
      ...rest,
      ...(where && { whereClause: where }),
      targetList: [...(select.targetList ?? []), ...targets] as Node[],
    }
    return withSources([[sourceName(this.#source), rows]], formatSelect(widened))
  }

  /** Only a temporal filter makes changes that SQL cannot see; others are written into the queries above. */
  feed(): void {
    if (!this.#isTemporal || this.#fed) return
    this.#fed = true
    createDeltaTable(this.context.backend, this.id, this.content())
    this.context.backend.onRollback(() => {
      this.#fed = false
    })
  }

  /** PostgreSQL writes this view into the query above, so an index beneath serves. */
  index(parts: readonly IndexPart[], method: 'btree' | 'hash'): boolean {
    const targets = this.#query.select.targetList ?? []
    const columns = new Map<string, Node>()
    for (const [position, { name }] of this.columns.entries()) {
      const item = targets[position]
      if (item && 'ResTarget' in item && item.ResTarget.val) columns.set(name, item.ResTarget.val)
    }
    const beneath: IndexPart[] = []
    for (const { expression, order } of parts) {
      const substituted = substitute(expression, (name) => columns.get(name.at(-1) ?? ''))
      if (!substituted) return false
      beneath.push({ expression: substituted, order })
    }
    return this.#source.index(beneath, method)
  }

  step({ timestamp, changed, written, share }: Step): readonly Update[] {
    if (this.#isCopy) return changed.get(this.#source) ?? []
    const now = new Consolidation()
    // A row that the source cannot show may still have all that is read here.
    if (changed.has(this.#source.origin)) this.#settle(this.#evaluate(), timestamp, now, this.#pending, share)
    for (const { values, diff } of this.#pending.take(timestamp)) now.add(values, diff)
    const changes = now.changes(timestamp)
    if (this.#fed && this.deltaIsRead) writeDeltas(this.context.backend, this.id, changes, !written)
    return changes
  }

  override get readsDeltas(): boolean {
    return !this.#isCopy || this.deltaIsRead
  }

  override due(): bigint | undefined {
    return this.#pending.next()
  }

  snapshot(): Iterable<Copies> {
    const rows = new Consolidation()
    try {
      const values = this.context.backend.savepoint(() => this.context.backend.query(this.content()))
      for (const row of values) rows.add(row, 1)
    } catch (error) {
      if (!(error instanceof StatementError)) throw error
      const now = BigInt(this.context.backend.query(`SELECT current_setting('mz.now')`)[0]?.[0] ?? 0)
      this.#settle(this.#evaluateContent(), now, rows, new Pending())
    }
    return rows.rows()
  }

  close(): void {
    this.#prepared?.close()
    this.context.backend.query(`DROP TABLE IF EXISTS ${deltaName(this.id)}`)
  }

  /** Sorts rows of `#over` by when they appear and vanish. */
  #settle(
    rows: readonly Values[],
    now: bigint,
    present: Consolidation,
    pending = this.#pending,
    share = (values: Values): Values => values,
  ): void {
    const width = this.columns.length
    for (const row of rows) {
      const diff = Number(row[width])
      const span = spanOf(row.slice(width + 1), this.#query.filter.bounds)
      if (!span) continue
      const values = share(row.slice(0, width))
      const from = span.lower > now ? span.lower : now
      if (span.upper <= from) continue
      if (from === now) present.add(values, diff)
      else pending.add(from, values, diff)
      if (span.upper <= MAX_TIMESTAMP) pending.add(span.upper, values, -diff)
    }
  }

  #load(now: bigint): void {
    const { backend } = this.context
    try {
      backend.savepoint(() => {
        if (!this.#isTemporal) {
          backend.query(`SELECT count("mz:row") FROM (${this.content()}) "mz:row"`)
          return
        }
        const rows = backend.query(
          this.#over(`SELECT *, 1::int8 AS "mz:diff" FROM (${this.#source.content()}) q`),
        )
        this.#settle(rows, now, new Consolidation())
      })
    } catch (error) {
      if (!(error instanceof StatementError)) throw error
      this.#settle(this.#evaluateContent(this.failures), now, new Consolidation())
    }
  }

  #evaluate(): Values[] {
    const { backend } = this.context
    try {
      this.#prepared ??= backend.savepoint(() => backend.prepare(this.#over(this.#source.delta())))
      const prepared = this.#prepared
      return backend.savepoint(() => prepared.rows())
    } catch (error) {
      if (!(error instanceof StatementError)) throw error
      return this.#evaluateEach(this.failures)
    }
  }

  /** All rows of the source, where some of them cannot be evaluated: as if they had just been inserted. */
  #evaluateContent(failures?: Relation['failures']): Values[] {
    const { backend } = this.context
    const { origin } = this.#source
    backend.query('SAVEPOINT mz_content')
    try {
      backend.query(`DELETE FROM ${deltaName(origin.id)}`)
      const copies = [...origin.snapshot()]
      backend.copy(
        deltaName(origin.id),
        copies.map(({ values, diff }): Values => [...values, String(diff)]),
      )
      return this.#evaluateEach(failures)
    } finally {
      backend.query('ROLLBACK TO mz_content; RELEASE mz_content')
    }
  }

  #evaluateEach(failures: Relation['failures'] | undefined): Values[] {
    return evaluateEach(this.context.backend, this.#source, (rows) => this.#over(rows), failures)
  }
}
