import type { Column, Update } from '../protocol/events.ts'
import type { FoldChange } from '../protocol/fold.ts'
import { type Row, rowKey } from '../protocol/row.ts'
import { forEachStep, type Steps } from '../steps.ts'
import { guessIdentity, type Identity, KnownIdentity } from './row-identity.ts'
import { isSameOrder, type RowOrder } from './row-order.ts'
import { type Sortable, SortedRows } from './sorted-rows.ts'

/** For so long a change stands out, and a row that is gone stays to be seen going. */
export const MARK_MS = 2_000

/** What has just happened to a row. `columns` are those that have another value; none where only the count has. */
export type RowMark =
  | { readonly kind: 'new' | 'gone'; readonly untilMs: number }
  | { readonly kind: 'changed'; readonly untilMs: number; readonly columns: ReadonlySet<string> }

/** One row of the table with its number of copies. Never altered: a row that changes is another object. */
export interface LiveRow {
  /** Unlike any other row's, and kept by a row that changes. */
  readonly seq: number
  readonly row: Row
  readonly count: number
  readonly mark: RowMark | undefined
}

/** What has come since the reader stopped the table. */
export interface Missed {
  readonly inserted: number
  readonly retracted: number
}

export interface RowsView {
  /** In their order, those that are going included. */
  readonly rows: readonly LiveRow[]
  /** How many rows the relation has, copies counted. */
  readonly total: number
  readonly atMs: number
  /** When a mark or a row that is gone disappears by itself, if any does. */
  readonly untilMs: number | undefined
  readonly missed: Missed | undefined
}

interface Ranked extends LiveRow, Sortable {
  readonly seq: number
  readonly row: Row
}

/**
 * The rows of a relation as a table shows them: in order, with what has just come, changed and gone. It holds each
 * row once. What may be much work is done in steps; between them the rows may not be looked at.
 */
export class LiveRows {
  #live = new Map<string, Ranked>()
  readonly #sorted = new SortedRows<Ranked>()
  /** Marked rows, the oldest first. */
  #marked: Ranked[] = []
  #total = 0
  #top = 0
  #columns: readonly Column[] = []
  #identity = new KnownIdentity(undefined)
  #frozen: readonly Ranked[] | undefined
  #missed: { inserted: number; retracted: number } | undefined
  #view: RowsView | undefined

  /** The column by which a row that changes is known as the same; undefined where no column tells rows apart. */
  get identity(): string | undefined {
    return this.#identity.column
  }

  /** The rows that are there, without those that are going. */
  *rows(): Generator<{ readonly row: Row; readonly count: number }> {
    yield* this.#live.values()
  }

  /** How many different rows there are. */
  get size(): number {
    return this.#live.size
  }

  /**
   * `columns` matter where all rows are replaced, and `orderFor`, which tells their order then, given the column by which
   * a row is known as the same.
   */
  *apply(
    { reset, updates }: FoldChange,
    columns: readonly Column[],
    nowMs: number,
    orderFor: (identity: string | undefined) => RowOrder | undefined = () => this.#sorted.order,
  ): Steps {
    if (reset) yield* this.#replaceAll(updates, columns, orderFor)
    else yield* this.#change(updates, nowMs + MARK_MS)
    yield* this.#sorted.settle()
    if (!this.#missed) return
    for (const { diff } of updates) {
      if (diff > 0) this.#missed.inserted += diff
      else this.#missed.retracted -= diff
    }
  }

  /** Undefined: what came last is first. */
  *sortBy(order: RowOrder | undefined): Steps {
    if (yield* this.#sorted.sortBy(order)) yield* this.#sortFrozen()
  }

  /** The table stands still from now on; what comes is folded and counted all the same. */
  pause(): void {
    if (this.#frozen) return
    this.#frozen = this.#sorted.rows
    this.#missed = { inserted: 0, retracted: 0 }
  }

  resume(): void {
    this.#frozen = undefined
    this.#missed = undefined
    this.#view = undefined
  }

  /** The same object as before where nothing is to be seen that was not. */
  show(nowMs: number): RowsView {
    const hadMarks = this.#marked.length > 0
    // Also while the table stands still: what nobody will see is not kept.
    this.#expire(nowMs)
    if (this.#frozen && this.#view) {
      const { missed } = this.#view
      if (missed?.inserted === this.#missed?.inserted && missed?.retracted === this.#missed?.retracted)
        return this.#view
      this.#view = { ...this.#view, missed: this.#missed && { ...this.#missed } }
      return this.#view
    }
    if (this.#view && !hadMarks && !this.#sorted.hasChanged) return this.#view
    this.#view = {
      rows: this.#frozen ?? this.#sorted.rows,
      total: this.#total,
      atMs: nowMs,
      untilMs: this.#frozen ? undefined : this.#marked[0]?.mark?.untilMs,
      missed: this.#missed && { ...this.#missed },
    }
    return this.#view
  }

  *#sortFrozen(): Steps {
    if (this.#frozen) this.#frozen = yield* this.#sorted.sorted(this.#frozen)
    this.#view = undefined
  }

  *#replaceAll(
    updates: readonly Update[],
    columns: readonly Column[],
    orderFor: (identity: string | undefined) => RowOrder | undefined,
  ): Steps {
    const rows = updates.map(({ row }) => row)
    this.#identity = new KnownIdentity(yield* guessIdentity(columns, rows))
    this.#columns = columns
    this.#live = new Map()
    this.#total = 0
    this.#marked = []
    this.#view = this.#frozen && this.#view
    const [before, order] = [this.#sorted.order, orderFor(this.#identity.column)]
    this.#sorted.clear(columns, order)
    yield* forEachStep(updates, ({ diff, row }) => {
      this.#total += diff
      const key = rowKey(row)
      const same = this.#live.get(key)
      if (same) {
        // Nobody has seen this row yet.
        Object.assign(same, { count: same.count + diff })
        return
      }
      const one = this.#rank({ seq: -this.#live.size, row, count: diff, mark: undefined })
      this.#live.set(key, one)
      this.#sorted.add(one)
    })
    if (!isSameOrder(before, order)) yield* this.#sortFrozen()
  }

  *#change(updates: readonly Update[], untilMs: number): Steps {
    const wasOne = this.#live.size === 1
    const going = new Map<Identity, Ranked>()
    yield* forEachStep(updates, ({ diff, row }) => {
      this.#total += diff
      const key = rowKey(row)
      const before = this.#live.get(key)
      const count = (before?.count ?? 0) + diff
      if (count <= 0) {
        if (!before) return
        this.#live.delete(key)
        const identity = this.#identity.leave(row)
        going.set(wasOne ? '' : (identity ?? key), before)
      } else if (before) {
        const mark: RowMark =
          diff > 0 ? { kind: 'new', untilMs } : { kind: 'changed', untilMs, columns: NONE }
        this.#live.set(key, this.#put({ ...before, count, mark }, before))
      } else this.#live.set(key, this.#insert(row, count, going, wasOne, untilMs))
    })
    yield* forEachStep(going.values(), (gone) => {
      this.#put({ ...gone, mark: { kind: 'gone', untilMs } }, gone)
    })
  }

  #insert(row: Row, count: number, going: Map<Identity, Ranked>, wasOne: boolean, untilMs: number): Ranked {
    const identity = this.#identity.enter(row)
    const pair = wasOne ? '' : identity
    const before = pair === undefined ? undefined : going.get(pair)
    if (before && pair !== undefined) {
      going.delete(pair)
      const columns = new Set(
        this.#columns.flatMap(({ name }) => (isSame(before.row, row, name) ? [] : [name])),
      )
      const { seq } = before
      return this.#put({ seq, row, count, mark: { kind: 'changed', untilMs, columns } }, before)
    }
    this.#top += 1
    return this.#put({ seq: this.#top, row, count, mark: { kind: 'new', untilMs } })
  }

  #put(one: LiveRow, before?: Ranked): Ranked {
    const ranked = this.#rank(one)
    if (before) this.#sorted.remove(before)
    this.#sorted.add(ranked)
    this.#marked.push(ranked)
    return ranked
  }

  #rank(one: LiveRow): Ranked {
    return { ...one, rank: this.#sorted.rankOf(one.row) }
  }

  /** Lets go what is over: marks that nobody sees any more, and rows that have been seen going. */
  #expire(nowMs: number): void {
    let over = 0
    for (const one of this.#marked) {
      if ((one.mark?.untilMs ?? 0) > nowMs) break
      over += 1
      if (one.mark?.kind === 'gone') this.#sorted.remove(one)
    }
    if (over > 0) this.#marked = this.#marked.slice(over)
  }
}

const NONE: ReadonlySet<string> = new Set()

const isSame = (a: Row, b: Row, column: string): boolean =>
  a[column] === b[column] || JSON.stringify(a[column]) === JSON.stringify(b[column])
