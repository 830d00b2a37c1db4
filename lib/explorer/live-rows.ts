import type { Column, Update } from '../protocol/events.ts'
import type { FoldChange } from '../protocol/fold.ts'
import { type Row, rowKey } from '../protocol/row.ts'
import { guessIdentity, type Identity, identityOf } from './row-identity.ts'
import { compareDigits, compareRanks, type Rank, type RowOrder, rankOf } from './row-order.ts'

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

interface Ranked extends LiveRow {
  rank: Rank
}

/**
 * The rows of a relation as a table shows them: in order, with what has just come, changed and gone. It holds each
 * row once, and a picture costs one pass over the rows where anything has changed.
 */
export class LiveRows {
  #live = new Map<string, Ranked>()
  #order: readonly Ranked[] = []
  #come = new Set<Ranked>()
  #leave = new Set<Ranked>()
  /** Marked rows, the oldest first. */
  #marked: Ranked[] = []
  #total = 0
  #top = 0
  #columns: readonly Column[] = []
  #sort: RowOrder | undefined
  #identity: string | undefined
  #identities = new Set<Identity>()
  #frozen: readonly Ranked[] | undefined
  #missed: { inserted: number; retracted: number } | undefined
  #view: RowsView | undefined

  /** The column by which a row that changes is known as the same; undefined where no column tells rows apart. */
  get identity(): string | undefined {
    return this.#identity
  }

  /** The rows that are there, without those that are going. */
  *rows(): Generator<{ readonly row: Row; readonly count: number }> {
    yield* this.#live.values()
  }

  /** The rows as they are shown, in their order, those that are going left out. */
  *shownRows(): Generator<{ readonly row: Row; readonly count: number }> {
    for (const one of this.#frozen ?? this.#sorted()) if (one.mark?.kind !== 'gone') yield one
  }

  /** `columns` matter where all rows are replaced. */
  apply({ reset, updates }: FoldChange, columns: readonly Column[], nowMs: number): void {
    if (reset) this.#replaceAll(updates, columns)
    else this.#change(updates, nowMs + MARK_MS)
    if (!this.#missed) return
    for (const { diff } of updates) {
      if (diff > 0) this.#missed.inserted += diff
      else this.#missed.retracted -= diff
    }
  }

  /** Undefined: what came last is first. */
  sortBy(order: RowOrder | undefined): void {
    if (order?.column === this.#sort?.column && order?.isDescending === this.#sort?.isDescending) return
    this.#sort = order
    this.#order = this.#rankAll(this.#sorted())
    if (this.#frozen) this.#frozen = this.#rankAll(this.#frozen)
    this.#view = undefined
  }

  /** The table stands still from now on; what comes is folded and counted all the same. */
  pause(): void {
    if (this.#frozen) return
    this.#frozen = this.#sorted()
    this.#missed = { inserted: 0, retracted: 0 }
  }

  resume(): void {
    this.#frozen = undefined
    this.#missed = undefined
    this.#view = undefined
  }

  /** The same object as before where nothing is to be seen that was not. */
  show(nowMs: number): RowsView {
    if (this.#frozen && this.#view) {
      const { missed } = this.#view
      if (missed?.inserted === this.#missed?.inserted && missed?.retracted === this.#missed?.retracted)
        return this.#view
      this.#view = { ...this.#view, missed: this.#missed && { ...this.#missed } }
      return this.#view
    }
    const hadMarks = this.#marked.length > 0
    this.#expire(nowMs)
    if (this.#view && !hadMarks && this.#come.size === 0 && this.#leave.size === 0) return this.#view
    this.#view = {
      rows: this.#frozen ?? this.#sorted(),
      total: this.#total,
      atMs: nowMs,
      untilMs: this.#frozen ? undefined : this.#marked[0]?.mark?.untilMs,
      missed: this.#missed && { ...this.#missed },
    }
    return this.#view
  }

  #replaceAll(updates: readonly Update[], columns: readonly Column[]): void {
    this.#columns = columns
    this.#live = new Map()
    this.#total = 0
    this.#marked = []
    this.#view = this.#frozen && this.#view
    const order: Ranked[] = []
    const column = this.#sortColumn
    for (const { diff, row } of updates) {
      this.#total += diff
      const key = rowKey(row)
      const same = this.#live.get(key)
      if (same) {
        // Nobody has seen this row yet.
        Object.assign(same, { count: same.count + diff })
        continue
      }
      const rank = column && rankOf(row, column)
      const one: Ranked = { seq: -this.#live.size, row, count: diff, mark: undefined, rank }
      this.#live.set(key, one)
      order.push(one)
    }
    const isSet = order.length === this.#total
    const rows = isSet ? updates.map(({ row }) => row) : []
    const identity = isSet ? guessIdentity(columns, rows) : undefined
    this.#identity = identity?.column
    this.#identities = identity?.values ?? new Set()
    this.#come = new Set()
    this.#leave = new Set()
    this.#order = order.sort(this.#compare)
  }

  #change(updates: readonly Update[], untilMs: number): void {
    const wasOne = this.#live.size === 1
    const going = new Map<Identity, Ranked>()
    for (const { diff, row } of updates) {
      this.#total += diff
      const key = rowKey(row)
      const before = this.#live.get(key)
      const count = (before?.count ?? 0) + diff
      if (count <= 0) {
        if (!before) continue
        this.#live.delete(key)
        const identity = this.#identify(row)
        if (identity !== undefined) this.#identities.delete(identity)
        going.set(wasOne ? '' : (identity ?? key), before)
      } else if (before) {
        const mark: RowMark =
          diff > 0 ? { kind: 'new', untilMs } : { kind: 'changed', untilMs, columns: NONE }
        this.#live.set(key, this.#put({ ...before, count, mark }, before))
      } else this.#live.set(key, this.#insert(row, count, going, wasOne, untilMs))
    }
    for (const gone of going.values()) this.#put({ ...gone, mark: { kind: 'gone', untilMs } }, gone)
  }

  #insert(row: Row, count: number, going: Map<Identity, Ranked>, wasOne: boolean, untilMs: number): Ranked {
    const identity = this.#identify(row)
    if (identity !== undefined && this.#identities.has(identity)) {
      // Two rows with the same value: it is no identity after all.
      this.#identity = undefined
      this.#identities.clear()
    } else if (identity !== undefined) this.#identities.add(identity)
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
    if (before && !this.#come.delete(before)) this.#leave.add(before)
    this.#come.add(ranked)
    this.#marked.push(ranked)
    return ranked
  }

  #rank(one: LiveRow): Ranked {
    const column = this.#sortColumn
    return { ...one, rank: column && rankOf(one.row, column) }
  }

  #rankAll(rows: readonly Ranked[]): readonly Ranked[] {
    const column = this.#sortColumn
    for (const one of rows) one.rank = column && rankOf(one.row, column)
    return [...rows].sort(this.#compare)
  }

  get #sortColumn(): Column | undefined {
    return this.#sort && this.#columns.find(({ name }) => name === this.#sort?.column)
  }

  readonly #compare = (a: Ranked, b: Ranked): number => {
    if (!this.#sort) return b.seq - a.seq
    const { column, isDescending } = this.#sort
    const byRank = compareRanks(a.rank, b.rank, isDescending)
    if (byRank !== 0) return byRank
    const byDigits = compareDigits(a.row[column], b.row[column])
    return (isDescending ? -byDigits : byDigits) || b.seq - a.seq
  }

  #identify(row: Row): Identity | undefined {
    return this.#identity === undefined ? undefined : identityOf(row, this.#identity)
  }

  /** Lets go what is over: marks that nobody sees any more, and rows that have been seen going. */
  #expire(nowMs: number): void {
    let over = 0
    for (const one of this.#marked) {
      if ((one.mark?.untilMs ?? 0) > nowMs) break
      over += 1
      if (one.mark?.kind === 'gone' && !this.#come.delete(one)) this.#leave.add(one)
    }
    if (over > 0) this.#marked = this.#marked.slice(over)
  }

  /** A few changes, each in its place. */
  #place(): readonly Ranked[] {
    const order = [...this.#order]
    for (const one of this.#leave) {
      const at = this.#placeOf(one, order)
      if (order[at] === one) order.splice(at, 1)
    }
    for (const one of this.#come) order.splice(this.#placeOf(one, order), 0, one)
    this.#come = new Set()
    this.#leave = new Set()
    this.#order = order
    return order
  }

  #placeOf(one: Ranked, order: readonly Ranked[]): number {
    let low = 0
    let high = order.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = order[middle]
      if (other && this.#compare(other, one) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  /** All rows in their order, with what has come and gone since the last time. */
  #sorted(): readonly Ranked[] {
    if (this.#come.size === 0 && this.#leave.size === 0) return this.#order
    if (this.#come.size + this.#leave.size <= FEW) return this.#place()
    const come = [...this.#come].sort(this.#compare)
    const merged: Ranked[] = []
    let next = 0
    for (const one of this.#order) {
      if (this.#leave.has(one)) continue
      for (let first = come[next]; first && this.#compare(first, one) < 0; first = come[next]) {
        merged.push(first)
        next += 1
      }
      merged.push(one)
    }
    for (; next < come.length; next += 1) merged.push(come[next] as Ranked)
    this.#come = new Set()
    this.#leave = new Set()
    this.#order = merged
    return merged
  }
}

/** So few changes are put in their places one by one, which costs a copy of the order and no look at every row. */
const FEW = 64

const NONE: ReadonlySet<string> = new Set()

const isSame = (a: Row, b: Row, column: string): boolean =>
  a[column] === b[column] || JSON.stringify(a[column]) === JSON.stringify(b[column])
