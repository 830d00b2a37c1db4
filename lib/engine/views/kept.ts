import type { Column, Update } from '../change.ts'
import { createIndex } from './index-sql.ts'
import { Mirror } from './mirror.ts'
import { type Context, type Copies, type IndexPart, Relation, type Step } from './relation.ts'

/** A view whose rows are kept in memory, because its changes are found by comparing. */
export abstract class Kept extends Relation {
  protected mirror: Mirror | undefined
  #lastFailure: string | undefined

  constructor(
    context: Context,
    id: string,
    columns: readonly Column[],
    sources: readonly Relation[],
    since: bigint,
  ) {
    super(context, id, columns, sources, since)
    for (const source of sources) source.feed()
  }

  get origin(): Relation {
    return this
  }

  /** SQL that computes all of it. */
  protected abstract definition(): string

  content(): string {
    return this.mirror?.content() ?? this.definition()
  }

  delta(only?: string): string {
    if (!this.mirror) throw new Error(`${this.id} is not mirrored`)
    return this.mirror.delta(only)
  }

  feed(): void {
    if (this.mirror) return
    const names = this.columns.map(({ name }) => name)
    const { backend } = this.context
    this.mirror = new Mirror(backend, this.id, names, this.definition(), this.snapshot())
    backend.onRollback(() => {
      this.mirror = undefined
    })
  }

  index(parts: readonly IndexPart[], method: 'btree' | 'hash'): boolean {
    return this.mirror !== undefined && createIndex(this.context.backend, this.mirror.table, parts, method)
  }

  /** Whether rows beneath cannot be evaluated: SQL for all of them fails. */
  protected get isBroken(): boolean {
    return this.sources.some((source) => source.failure() !== undefined)
  }

  /**
   * Whether a failure beneath came or went since it was last asked. PostgreSQL computes no value that is not looked
   * at, so the rows that failed may have been counted here: all must be looked at anew.
   */
  protected failureChanged(): boolean {
    const last = this.#lastFailure
    this.#lastFailure = this.sources
      .map((source) => source.failure())
      .find((failure) => failure !== undefined)
    return last !== this.#lastFailure
  }

  protected report(changes: Update[], { written }: Step): Update[] {
    this.mirror?.write(changes, { clear: !written, deltaIsRead: this.deltaIsRead })
    return changes
  }

  abstract override snapshot(): Iterable<Copies>

  close(): void {
    this.mirror?.close()
  }
}
