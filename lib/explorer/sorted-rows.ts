import { firstIndex } from '../first-index.ts'
import type { Column } from '../protocol/events.ts'
import type { Row } from '../protocol/row.ts'
import { finish, forEachStep, mergeSteps, type Steps, sortSteps } from '../steps.ts'
import { compareDigits, compareRanks, isSameOrder, type Rank, type RowOrder, rankOf } from './row-order.ts'

/** Something that has its place among others. */
export interface Sortable {
  /** Unlike any other's: decides where the order says nothing. */
  readonly seq: number
  readonly row: Row
  rank: Rank
}

/** So few changes are put in their places one by one, which costs a copy of the order and no look at every row. */
const FEW = 64

/**
 * Many rows in an order. What comes and goes is put in its place later, all at once: in steps by {@link settle}, and
 * else when the rows are next asked for.
 */
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
    finish(this.settle())
    if (this.hasChanged) this.#order = this.#place()
    this.#come = new Set()
    this.#leave = new Set()
    return this.#order
  }

  /** Puts in its place what has come and gone, where it is much. */
  *settle(): Steps {
    if (this.#come.size + this.#leave.size <= FEW) return
    const [come, leave] = [[...this.#come], this.#leave]
    const stay: T[] = []
    yield* forEachStep(this.#order, (one) => {
      if (!leave.has(one)) stay.push(one)
    })
    const sorted = yield* sortSteps(come, this.#compare)
    this.#order = yield* mergeSteps(stay, sorted, this.#compare)
    this.#come = new Set()
    this.#leave = new Set()
  }

  get order(): RowOrder | undefined {
    return this.#sort
  }

  /** Begins anew, with these columns and in that order. */
  clear(columns: readonly Column[], order: RowOrder | undefined): void {
    this.#columns = columns
    this.#sort = order
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

  /** Undefined: the highest `seq` first. Answers false where the order is that one already. */
  *sortBy(order: RowOrder | undefined): Steps<boolean> {
    if (isSameOrder(order, this.#sort)) return false
    yield* this.settle()
    // What waits has its place in the order before.
    const { rows } = this
    this.#sort = order
    this.#order = yield* this.sorted(rows)
    return true
  }

  /** Some rows in the order there is, their ranks made anew. */
  *sorted(rows: readonly T[]): Steps<readonly T[]> {
    yield* forEachStep(rows, (one) => {
      one.rank = this.rankOf(one.row)
    })
    return yield* sortSteps(rows, this.#compare)
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
    return firstIndex(order.length, (index) => {
      const other = order[index]
      return other !== undefined && this.#compare(other, one) < 0
    })
  }
}
