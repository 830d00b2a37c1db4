import type { Column } from '../protocol/events.ts'
import type { Row } from '../protocol/row.ts'
import { compareDigits, compareRanks, type Rank, type RowOrder, rankOf } from './row-order.ts'

/** Something that has its place among others. */
export interface Sortable {
  /** Unlike any other's: decides where the order says nothing. */
  readonly seq: number
  readonly row: Row
  rank: Rank
}

/** So few changes are put in their places one by one, which costs a copy of the order and no look at every row. */
const FEW = 64

/** Many rows in an order. What comes and goes is put in its place when the rows are next asked for, all at once. */
export class SortedRows<T extends Sortable> {
  #order: readonly T[] = []
  #come = new Set<T>()
  #leave = new Set<T>()
  #columns: readonly Column[] = []
  #sort: RowOrder | undefined

  /** Whether something has come or gone since the rows were last asked for. */
  get hasChanged(): boolean {
    return this.#come.size > 0 || this.#leave.size > 0
  }

  /** All rows in their order. */
  get rows(): readonly T[] {
    if (this.hasChanged)
      this.#order = this.#come.size + this.#leave.size <= FEW ? this.#place() : this.#merge()
    this.#come = new Set()
    this.#leave = new Set()
    return this.#order
  }

  /** Begins anew. The rank of what comes from now on is that of these columns. */
  clear(columns: readonly Column[]): void {
    this.#columns = columns
    this.#come = new Set()
    this.#leave = new Set()
    this.#order = []
  }

  add(one: T): void {
    this.#come.add(one)
  }

  remove(one: T): void {
    if (!this.#come.delete(one)) this.#leave.add(one)
  }

  /** What a row is sorted by in the order there is. */
  rankOf(row: Row): Rank {
    const column = this.#sort && this.#columns.find(({ name }) => name === this.#sort?.column)
    return column && rankOf(row, column)
  }

  /** Undefined: the highest `seq` first. False where the order is that one already. */
  sortBy(order: RowOrder | undefined): boolean {
    if (order?.column === this.#sort?.column && order?.isDescending === this.#sort?.isDescending) return false
    // What waits has its place in the order before.
    const { rows } = this
    this.#sort = order
    this.#order = this.sorted(rows)
    return true
  }

  /** Some rows in the order there is, their ranks made anew. */
  sorted(rows: readonly T[]): readonly T[] {
    for (const one of rows) one.rank = this.rankOf(one.row)
    return [...rows].sort(this.#compare)
  }

  readonly #compare = (a: T, b: T): number => {
    if (!this.#sort) return b.seq - a.seq
    const { column, isDescending } = this.#sort
    const byRank = compareRanks(a.rank, b.rank, isDescending)
    if (byRank !== 0) return byRank
    const byDigits = compareDigits(a.row[column], b.row[column])
    return (isDescending ? -byDigits : byDigits) || b.seq - a.seq
  }

  /** A few changes, each in its place. */
  #place(): readonly T[] {
    const order = [...this.#order]
    for (const one of this.#leave) {
      const at = this.#placeOf(one, order)
      if (order[at] === one) order.splice(at, 1)
    }
    for (const one of this.#come) order.splice(this.#placeOf(one, order), 0, one)
    return order
  }

  #placeOf(one: T, order: readonly T[]): number {
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

  /** Many changes, in one pass over all rows. */
  #merge(): readonly T[] {
    const come = [...this.#come].sort(this.#compare)
    const merged: T[] = []
    let next = 0
    for (const one of this.#order) {
      if (this.#leave.has(one)) continue
      for (let first = come[next]; first && this.#compare(first, one) < 0; first = come[next]) {
        merged.push(first)
        next += 1
      }
      merged.push(one)
    }
    return merged.concat(come.slice(next))
  }
}
