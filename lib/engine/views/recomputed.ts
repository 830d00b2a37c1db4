import type { PreparedStatement } from '../backend.ts'
import type { Column, Update, Values } from '../change.ts'
import { StatementError } from '../errors.ts'
import { withEvaluatedRows } from './evaluated-rows.ts'
import { Kept } from './kept.ts'
import { type Context, type Copies, type Relation, type Step, sourceName } from './relation.ts'
import { Consolidation, rowKey } from './rows.ts'
import { withSources } from './syntax.ts'

export interface AnyQuery {
  readonly sources: readonly Relation[]
  /** FROM holds the sources under `sourceName`. */
  readonly sql: string
  /** Queries for the times (one column, NULLs among them) at which a temporal filter changes the result. */
  readonly bounds: readonly string[]
  /** It reads something that is not maintained, such as the catalog. */
  readonly opaque: boolean
}

/** Any query: computed again whenever something beneath changes, and compared with what it was. */
export class Recomputed extends Kept {
  readonly #query: AnyQuery
  #prepared: PreparedStatement | undefined
  #rows = new Map<string, { values: Values; diff: number }>()
  #due: bigint | undefined

  constructor(context: Context, id: string, columns: readonly Column[], query: AnyQuery, now: bigint) {
    super(context, id, columns, query.sources, now)
    this.#query = query
    this.#refresh(now)
  }

  protected definition(): string {
    return this.#over(this.#query.sql)
  }

  #over(sql: string, contentOf = (source: Relation): string => source.content()): string {
    return withSources(
      this.sources.map((source) => [sourceName(source), contentOf(source)]),
      sql,
    )
  }

  step(step: Step): Update[] {
    const { timestamp, changed, defined, enter } = step
    const touched =
      this.sources.some((source) => changed.has(source)) ||
      this.#due === timestamp ||
      (defined && this.#query.opaque)
    if (!this.failureChanged() && !touched) return []
    enter()
    return this.report(this.#refresh(timestamp).changes(timestamp), step)
  }

  override get readsDeltas(): boolean {
    return false
  }

  override due(): bigint | undefined {
    return this.#due
  }

  snapshot(): Iterable<Copies> {
    return this.#rows.values()
  }

  override isConstant(): boolean {
    return !this.#query.opaque && this.#query.bounds.length === 0 && super.isConstant()
  }

  override close(): void {
    this.#prepared?.close()
    super.close()
  }

  /** What differs from before. Where it cannot be evaluated it stays as it was. */
  #refresh(now: bigint): Consolidation {
    const changes = new Consolidation()
    this.failures.clear()
    this.#due = this.#nextBound(now)
    const rows = this.#evaluate()
    if (!rows) return changes
    const next = new Map<string, { values: Values; diff: number }>()
    for (const values of rows) {
      const key = rowKey(values)
      const row = next.get(key)
      if (row) row.diff++
      else next.set(key, { values: this.#rows.get(key)?.values ?? values, diff: 1 })
      changes.add(values, 1, key)
    }
    for (const [key, { values, diff }] of this.#rows) changes.add(values, -diff, key)
    this.#rows = next
    return changes
  }

  #evaluate(): Values[] | undefined {
    const { backend } = this.context
    return this.#attempt(() => {
      if (this.isBroken)
        return withEvaluatedRows(backend, (keep) => backend.query(this.#over(this.#query.sql, keep)))
      this.#prepared ??= backend.prepare(this.definition())
      return this.#prepared.rows()
    })
  }

  #nextBound(now: bigint): bigint | undefined {
    const { backend } = this.context
    let next: bigint | undefined
    for (const sql of this.#query.bounds) {
      const later = `SELECT min(bound) FROM (${sql}) q(bound) WHERE bound > ${now} AND bound <> 'NaN'`
      const rows = this.#attempt(() =>
        this.isBroken
          ? withEvaluatedRows(backend, (keep) => backend.query(this.#over(later, keep)))
          : backend.query(this.#over(later)),
      )
      const [bound] = rows?.[0] ?? []
      if (bound != null && /^\d+$/.test(bound) && (next === undefined || BigInt(bound) < next))
        next = BigInt(bound)
    }
    return next
  }

  #attempt(work: () => Values[]): Values[] | undefined {
    try {
      return this.context.backend.savepoint(work)
    } catch (error) {
      if (!(error instanceof StatementError)) throw error
      this.failures.add(error, 1)
      return undefined
    }
  }
}
