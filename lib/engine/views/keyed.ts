import type { PreparedStatement } from '../backend.ts'
import type { Column, Update, Values } from '../change.ts'
import { StatementError } from '../errors.ts'
import { withEvaluatedRows } from './evaluated-rows.ts'
import { FailedGroups } from './failed-groups.ts'
import { allSql, type KeyedQuery, perKeySql, touchedSql } from './group-sql.ts'
import { Kept } from './kept.ts'
import { type Context, type Copies, type Relation, type Step, sourceName } from './relation.ts'
import { Consolidation, rowKey } from './rows.ts'
import { formatSelect, withSources } from './syntax.ts'
import { TopPerKey } from './top-per-key.ts'

/**
 * A GROUP BY or top-1 per key. A change touches some keys; the query is run for each of them alone, over the whole
 * source restricted to that key, and compared with what was kept for it. With an index on the key this costs the
 * size of the touched groups (100 of 1,000 groups, 100,000 rows: see the bench), without one a scan for each key. Sums are
 * not carried on from change to change: one of floats then depends on the order of the changes, and what is read of the
 * view would differ from what its cursor adds up to. So each millisecond in which rows expire costs a query of its own,
 * about 0.5 ms; the first row of a key (`TopPerKey`) needs one only where it went itself.
 */
export class Keyed extends Kept {
  readonly #source: Relation
  readonly #query: KeyedQuery
  #prepared: PreparedStatement | undefined
  /** Where the first row of a group can be told here. */
  readonly #top: TopPerKey | undefined
  readonly #groups = new Map<string, readonly Values[]>()
  readonly #failed = new FailedGroups(this.failures)

  constructor(context: Context, id: string, columns: readonly Column[], query: KeyedQuery, now: bigint) {
    super(context, id, columns, [query.source], now)
    this.#source = query.source
    this.#query = query
    for (const [key, rows] of this.#evaluateAll()) this.#keep(key, rows)
    this.#top = TopPerKey.of(query, columns)
  }

  protected definition(): string {
    return withSources([[sourceName(this.#source), this.#source.content()]], formatSelect(this.#query.select))
  }

  step(step: Step): Update[] {
    const { timestamp, changed } = step
    const isRenewed = this.failureChanged() || (this.isBroken && changed.has(this.#source))
    if (!isRenewed && !changed.has(this.#source)) return []
    const groups = (isRenewed ? undefined : this.#evaluateTop(step)) ?? this.#evaluateNow(step, isRenewed)
    if (isRenewed) for (const key of this.#groups.keys()) if (!groups.has(key)) groups.set(key, [])
    const changes = new Consolidation()
    for (const [key, rows] of groups) {
      for (const values of this.#groups.get(key) ?? []) changes.add(values, -1)
      for (const values of rows) changes.add(values, 1)
      this.#keep(key, rows)
    }
    return this.report(changes.changes(timestamp), step)
  }

  /** One group of all rows is touched by any change. */
  override get readsDeltas(): boolean {
    return this.#query.keys.length > 0
  }

  snapshot(): Iterable<Copies> {
    const rows = new Consolidation()
    for (const group of this.#groups.values()) for (const values of group) rows.add(values, 1)
    return rows.rows()
  }

  override close(): void {
    this.#prepared?.close()
    super.close()
  }

  #keep(key: string, rows: readonly Values[]): void {
    if (rows.length > 0) this.#groups.set(key, rows)
    else this.#groups.delete(key)
  }

  /** Rows of all keys. */
  #evaluateAll(): Map<string, Values[]> {
    if (!this.isBroken) return this.#evaluateOver(this.#source.content())
    return withEvaluatedRows(this.context.backend, (keep) => this.#evaluateOver(keep(this.#source)))
  }

  #evaluateOver(content: string): Map<string, Values[]> {
    const { backend } = this.context
    const sql = allSql(this.#query, content)
    try {
      const rows = backend.savepoint(() => backend.query(sql))
      this.#failed.healAll()
      return this.#gather(rows.map((row) => [row, true]))
    } catch (error) {
      if (!(error instanceof StatementError)) throw error
      return this.#evaluateEach(content, content)
    }
  }

  #evaluateNow({ enter }: Step, isRenewed: boolean): Map<string, readonly Values[]> {
    enter()
    return isRenewed ? this.#evaluateAll() : this.#evaluate()
  }

  /** The rows of each key whose first row changes; undefined: only PostgreSQL can tell. */
  #evaluateTop({ changed, enter }: Step): Map<string, readonly Values[]> | undefined {
    const { backend } = this.context
    if (!this.#top || this.#failed.size > 0) return undefined
    const change = this.#top.change(changed.get(this.#source) ?? [], (key) => this.#groups.get(key)?.[0])
    if (!change) return undefined
    const groups = new Map<string, readonly Values[]>()
    for (const [key, values] of change.rows) groups.set(key, [values])
    if (change.lost.size === 0) return groups
    const sql = this.#top.nextSql(change.lost)
    if (sql === undefined) return undefined
    enter()
    try {
      for (const [key, rows] of this.#gatherPresent(backend.savepoint(() => backend.query(sql))))
        groups.set(key, rows)
      return groups
    } catch (error) {
      if (!(error instanceof StatementError)) throw error
      return undefined
    }
  }

  /** Rows of each touched key; none where the group is gone. */
  #evaluate(): Map<string, Values[]> {
    const { backend } = this.context
    try {
      this.#prepared ??= backend.savepoint(() =>
        backend.prepare(perKeySql(this.#query, this.#source.delta(), 'strict')),
      )
      const prepared = this.#prepared
      const rows = backend.savepoint(() => prepared.rows())
      const groups = this.#gatherPresent(rows)
      if (this.#hasNullKey(rows)) {
        const nulls = backend.savepoint(() =>
          backend.query(perKeySql(this.#query, this.#source.delta(), 'null')),
        )
        for (const [key, found] of this.#gatherPresent(nulls)) groups.set(key, found)
      }
      // A HAVING may have removed the only row.
      if (this.#query.keys.length === 0 && groups.size === 0) groups.set(rowKey([]), [])
      for (const key of groups.keys()) this.#failed.heal(key)
      return groups
    } catch (error) {
      if (!(error instanceof StatementError)) throw error
      return this.#evaluateEach(this.#source.delta())
    }
  }

  /** Key by key, where a group cannot be evaluated. */
  #evaluateEach(rows: string, content?: string): Map<string, Values[]> {
    const { backend } = this.context
    const groups = new Map<string, Values[]>()
    const width = this.#query.keys.length
    let keys: Values[]
    try {
      keys = width === 0 ? [[]] : backend.savepoint(() => backend.query(touchedSql(this.#query, rows, 'any')))
    } catch (error) {
      // The keys themselves cannot be told: nothing is known of any group.
      if (!(error instanceof StatementError)) throw error
      this.#failed.fail('', error)
      return groups
    }
    this.#failed.heal('')
    for (const [index, keyValues] of keys.entries()) {
      const key = rowKey(keyValues)
      this.#failed.heal(key)
      try {
        const found = backend.savepoint(() =>
          backend.query(perKeySql(this.#query, rows, 'any', index, content)),
        )
        groups.set(
          key,
          found.flatMap((row) => (isPresent(row, width) ? [row.slice(width + 1)] : [])),
        )
      } catch (error) {
        if (!(error instanceof StatementError)) throw error
        this.#failed.fail(key, error)
        groups.set(key, [])
      }
    }
    return groups
  }

  #gatherPresent(rows: readonly Values[]): Map<string, Values[]> {
    return this.#gather(rows.map((row) => [row, isPresent(row, this.#query.keys.length)]))
  }

  #gather(rows: readonly (readonly [row: Values, present: boolean])[]): Map<string, Values[]> {
    const width = this.#query.keys.length
    const groups = new Map<string, Values[]>()
    for (const [row, present] of rows) {
      const key = rowKey(row.slice(0, width))
      const group = groups.get(key) ?? []
      if (present) group.push(row.slice(row.length - this.columns.length))
      groups.set(key, group)
    }
    return groups
  }

  #hasNullKey(rows: readonly Values[]): boolean {
    const width = this.#query.keys.length
    return rows.some((row) => row.slice(0, width).includes(null))
  }
}

const isPresent = (row: Values, width: number): boolean => row[width] !== null
