import type { Update } from '../change.ts'
import type { Batch } from '../history.ts'
import { createIndex } from './index-sql.ts'
import { Mirror } from './mirror.ts'
import { type Context, type Copies, type IndexPart, Relation, type Step } from './relation.ts'
import { Consolidation } from './rows.ts'

/** A relation as it was at a time, in a temporary table, which its history then carries on. */
export class Replica extends Relation {
  readonly origin = this
  readonly #mirror: Mirror
  /** What is still to come. */
  readonly #later: Batch[]

  /** `rows` are those of the time `since`. */
  constructor(context: Context, id: string, original: Relation, since: bigint, rows: Iterable<Copies>) {
    super(context, id, original.columns, [], since)
    this.#later = original.history.after(since)
    const names = original.columns.map(({ name }) => name)
    this.#mirror = new Mirror(context.backend, id, names, original.content(), rows)
  }

  content(): string {
    return this.#mirror.content()
  }

  delta(only?: string): string {
    return this.#mirror.delta(only)
  }

  feed(): void {}

  index(parts: readonly IndexPart[], method: 'btree' | 'hash'): boolean {
    return createIndex(this.context.backend, this.#mirror.table, parts, method)
  }

  override due(): bigint | undefined {
    return this.#later[0]?.timestamp
  }

  step({ timestamp, written }: Step): Update[] {
    const [next] = this.#later
    if (next?.timestamp !== timestamp) return []
    this.#later.shift()
    this.#mirror.write(next.changes, { clear: !written, deltaIsRead: this.deltaIsRead })
    return [...next.changes]
  }

  snapshot(): Iterable<Copies> {
    const rows = new Consolidation()
    for (const values of this.context.backend.query(this.content())) rows.add(values, 1)
    return rows.rows()
  }

  override isConstant(): boolean {
    return false
  }

  close(): void {
    this.#mirror.close()
  }
}
