import type { Projection } from '../browser/relation-store.ts'
import type { Column, StreamEvent } from '../protocol/events.ts'
import type { FoldChange } from '../protocol/fold.ts'
import type { Row } from '../protocol/row.ts'
import { StepQueue } from '../step-queue.ts'
import type { Steps } from '../steps.ts'
import { type Alteration, compareColumns } from './alteration.ts'
import { type ChartRoles, chooseRoles, guessRoles } from './chart-roles.ts'
import { ChartSource } from './chart-source.ts'
import { LiveRows, type RowsView } from './live-rows.ts'
import { type Progress, ProgressMeter } from './progress.ts'
import type { RowOrder } from './row-order.ts'

/** What the reader has chosen; what is absent is guessed, and an empty name is the choice of none. */
export interface ExplorerChoice {
  readonly order?: RowOrder | undefined
  readonly time?: string | null
  readonly key?: string | null
  readonly values?: readonly string[] | null
}

/** What is made of the rows, all of one moment. */
interface Made {
  readonly rows: RowsView
  /** Of the rows; undefined until there are some, or it is known that there are none. */
  readonly columns: readonly Column[] | undefined
  /** In which order the rows are, whether chosen or not. */
  readonly order: RowOrder | undefined
  readonly roles: ChartRoles
  readonly alteration: Alteration | undefined
}

export interface ExplorerView extends Made {
  /** How far behind the database's clock the last heartbeat was. */
  readonly lagMs: number | undefined
  /** What is being done to many rows; meanwhile everything else is as it was before. */
  readonly progress: Progress | undefined
}

export interface ExplorerServices {
  /** This machine's clock, by which marks disappear. */
  readonly now: () => number
  /** Lets the page paint and answer to its reader while there is much to do. */
  readonly breathe: () => Promise<void>
  /** There is something new to see although nothing has come. */
  readonly onProgress: () => void
}

const NOTHING_GUESSED: ChartRoles = { time: undefined, key: undefined, values: [] }

/**
 * Makes of a stream what the explorer shows. Where a reader has chosen nothing it looks at the rows to guess. Many rows
 * are gone through in slices, and shown when all is done.
 */
export class ExplorerProjection implements Projection<ExplorerView> {
  readonly #rows = new LiveRows()
  readonly #chart = new ChartSource()
  readonly #now: () => number
  readonly #work: StepQueue
  readonly #meter = new ProgressMeter()
  #columns: readonly Column[] | undefined
  #next: readonly Column[] = []
  #timestampMs = 0
  #lagMs: number | undefined
  #guessed = NOTHING_GUESSED
  #choice: ExplorerChoice = {}
  #order: RowOrder | undefined
  #alteration: Alteration | undefined
  #made: Made
  #view: ExplorerView | undefined
  readonly #held: Iterable<{ row: Row }> = { [Symbol.iterator]: () => this.#rows.rows() }

  constructor({ now, breathe, onProgress }: ExplorerServices) {
    this.#now = now
    this.#work = new StepQueue({ breathe, onProgress })
    this.#made = this.#make()
  }

  /** What the chart is drawn from; undefined while it is being made. */
  get chart(): ChartSource | undefined {
    return this.#work.isBusy ? undefined : this.#chart
  }

  /** A stream begins: what of a snapshot was read before is void. */
  begin(): void {
    this.#meter.end()
  }

  /** To be told each event before what it changes is applied. */
  observe(event: StreamEvent): void {
    if (event.kind === 'heartbeat') this.#lagMs = event.data.lagMs ?? undefined
    if (event.kind !== 'snapshot' && event.kind !== 'update') return
    this.#timestampMs = Number(event.data.timestamp)
    if (event.kind !== 'snapshot') return
    this.#next = event.data.columns
    this.#meter.receive(event.data)
  }

  apply(change: FoldChange): void {
    const [columns, atMs] = [this.#next, this.#timestampMs]
    this.#do(() => this.#apply(change, columns, atMs), change.updates.length)
  }

  /** Shows what the reader wants to see. */
  choose(choice: ExplorerChoice): void {
    this.#choice = choice
    this.#do(() => this.#choose(), this.#rows.size)
  }

  /** The table stands still from now on; what comes is folded and counted all the same. */
  pause(): void {
    this.#doAtOnce(() => this.#rows.pause())
  }

  resume(): void {
    this.#doAtOnce(() => this.#rows.resume())
  }

  /** Lets the word about altered columns go. */
  forgetAlteration(): void {
    this.#doAtOnce(() => {
      this.#alteration = undefined
    })
  }

  show(): ExplorerView {
    if (!this.#work.isBusy) this.#made = this.#make()
    const view = { ...this.#made, lagMs: this.#lagMs, progress: this.#meter.progress }
    const before = this.#view
    const isSame =
      before && (Object.keys(view) as (keyof ExplorerView)[]).every((key) => before[key] === view[key])
    if (!isSame) this.#view = view
    return this.#view ?? view
  }

  #do(work: () => Steps, items: number): void {
    const whole = function* (this: ExplorerProjection): Steps {
      yield* work()
      this.#meter.end()
      // More may be waiting: what is done is shown before.
      this.#made = this.#make()
    }
    this.#work.add(whole.bind(this), items)
  }

  #doAtOnce(work: () => void): void {
    // biome-ignore lint/correctness/useYield: a work without steps
    this.#do(function* () {
      work()
    }, 0)
  }

  *#apply(change: FoldChange, next: readonly Column[], atMs: number): Steps {
    const { reset, updates } = change
    if (reset) {
      this.#alteration = this.#columns && (compareColumns(this.#columns, next) ?? this.#alteration)
      this.#columns = next
      this.#guessed = guessRoles(
        next,
        updates.map(({ row }) => row),
      )
    }
    const columns = this.#columns ?? []
    const orderFor = (identity: string | undefined) => {
      this.#order = this.#orderFor(identity)
      return this.#order
    }
    const fold = this.#rows.apply(change, columns, this.#now(), orderFor)
    yield* this.#meter.measure('sorting', updates.length, fold)
    const roles = chooseRoles(this.#choice, this.#guessed, columns)
    const draw = this.#chart.apply(change, atMs, columns, this.#held, roles)
    yield* this.#meter.measure('drawing', updates.length, draw)
  }

  *#choose(): Steps {
    const roles = chooseRoles(this.#choice, this.#guessed, this.#columns ?? [])
    yield* this.#meter.measure('drawing', this.#rows.size, this.#chart.setRoles(roles, this.#held))
    this.#order = this.#orderFor(this.#rows.identity)
    yield* this.#meter.measure('sorting', this.#rows.size, this.#rows.sortBy(this.#order))
  }

  /** Rows that change in place stay in place; of a history the newest is first. */
  #orderFor(identity: string | undefined): RowOrder | undefined {
    if (this.#choice.order) return this.#choice.order
    const { time } = this.#guessed
    if (identity !== undefined && identity !== time) return { column: identity, isDescending: false }
    return time === undefined ? undefined : { column: time, isDescending: true }
  }

  #make(): Made {
    return {
      rows: this.#rows.show(this.#now()),
      columns: this.#columns,
      order: this.#order,
      roles: this.#chart.roles,
      alteration: this.#alteration,
    }
  }
}
