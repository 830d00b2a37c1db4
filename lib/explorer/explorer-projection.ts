import type { Projection } from '../browser/relation-store.ts'
import type { Column, StreamEvent } from '../protocol/events.ts'
import type { FoldChange } from '../protocol/fold.ts'
import type { Row } from '../protocol/row.ts'
import { type ChartRoles, chooseRoles, guessRoles } from './chart-roles.ts'
import { ChartSource } from './chart-source.ts'
import { LiveRows, type RowsView } from './live-rows.ts'
import type { RowOrder } from './row-order.ts'

/** What the reader has chosen; what is absent is guessed, and an empty name is the choice of none. */
export interface ExplorerChoice {
  readonly order?: RowOrder | undefined
  readonly time?: string | null
  readonly key?: string | null
  readonly values?: readonly string[] | null
}

/** How the columns of a relation have changed while it was looked at. */
export interface Alteration {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly retyped: readonly string[]
}

export interface ExplorerView {
  readonly rows: RowsView
  /** In which order the rows are, whether chosen or not. */
  readonly order: RowOrder | undefined
  readonly roles: ChartRoles
  readonly alteration: Alteration | undefined
  /** How far behind the database's clock the last heartbeat was. */
  readonly lagMs: number | undefined
}

/** Makes of a stream what the explorer shows. Where a reader has chosen nothing it looks at the rows to guess. */
export class ExplorerProjection implements Projection<ExplorerView> {
  readonly rows = new LiveRows()
  readonly chart = new ChartSource()
  readonly #now: () => number
  #columns: readonly Column[] | undefined
  #next: readonly Column[] = []
  #timestampMs = 0
  #lagMs: number | undefined
  #guessed: ChartRoles = { time: undefined, key: undefined, values: [] }
  #choice: ExplorerChoice = {}
  #order: RowOrder | undefined
  #alteration: Alteration | undefined
  #view: ExplorerView | undefined
  readonly #held: Iterable<{ row: Row }> = { [Symbol.iterator]: () => this.rows.rows() }

  /** `now` is this machine's clock, by which marks disappear. */
  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /** To be told each event before what it changes is applied. */
  observe(event: StreamEvent): void {
    if (event.kind === 'heartbeat') this.#lagMs = event.data.lagMs ?? undefined
    if (event.kind !== 'snapshot' && event.kind !== 'update') return
    this.#timestampMs = Number(event.data.timestamp)
    if (event.kind === 'snapshot') this.#next = event.data.columns
  }

  apply(change: FoldChange): void {
    if (change.reset) {
      this.#alteration = this.#columns && (compareColumns(this.#columns, this.#next) ?? this.#alteration)
      this.#columns = this.#next
    }
    const columns = this.#columns ?? []
    this.rows.apply(change, columns, this.#now())
    if (change.reset)
      this.#guessed = guessRoles(
        columns,
        change.updates.map(({ row }) => row),
      )
    const roles = chooseRoles(this.#choice, this.#guessed, columns)
    this.chart.apply(change, this.#timestampMs, columns, this.#held, roles)
    if (change.reset) this.#choose()
  }

  /** Shows what the reader wants to see. */
  choose(choice: ExplorerChoice): void {
    this.#choice = choice
    this.#choose()
  }

  /** Lets the word about altered columns go. */
  forgetAlteration(): void {
    this.#alteration = undefined
  }

  show(): ExplorerView {
    const rows = this.rows.show(this.#now())
    const view = {
      rows,
      order: this.#order,
      roles: this.chart.roles,
      alteration: this.#alteration,
      lagMs: this.#lagMs,
    }
    const before = this.#view
    const isSame =
      before && (Object.keys(view) as (keyof ExplorerView)[]).every((key) => before[key] === view[key])
    if (!isSame) this.#view = view
    return this.#view ?? view
  }

  #choose(): void {
    this.chart.setRoles(chooseRoles(this.#choice, this.#guessed, this.#columns ?? []), this.#held)
    this.#order = this.#choice.order ?? this.#likelyOrder()
    this.rows.sortBy(this.#order)
  }

  /** Rows that change in place stay in place; of a history the newest is first. */
  #likelyOrder(): RowOrder | undefined {
    const { identity } = this.rows
    const { time } = this.#guessed
    if (identity !== undefined && identity !== time) return { column: identity, isDescending: false }
    return time === undefined ? undefined : { column: time, isDescending: true }
  }
}

/** Undefined where the columns are the same. */
function compareColumns(before: readonly Column[], after: readonly Column[]): Alteration | undefined {
  const old = new Map(before.map(({ name, type }) => [name, type]))
  const now = new Map(after.map(({ name, type }) => [name, type]))
  const added = [...now.keys()].filter((name) => !old.has(name))
  const removed = [...old.keys()].filter((name) => !now.has(name))
  const retyped = [...now.keys()].filter((name) => old.has(name) && old.get(name) !== now.get(name))
  return added.length + removed.length + retyped.length === 0 ? undefined : { added, removed, retyped }
}
