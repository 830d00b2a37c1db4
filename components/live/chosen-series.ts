import { RelationStore } from '../../lib/browser/relation-store.ts'
import { ReadingsProjection, type SeriesView } from '../../lib/readings/readings-view.ts'
import { MIN_INTERVAL_MS, type Surroundings } from './source.ts'

/** Whoever selects several sensors in a row is given one stream for all of them. */
const PATIENCE_MS = 250

interface Chosen {
  readonly ids: string
  readonly projection: ReadingsProjection
  readonly store: RelationStore<SeriesView>
}

const NONE: Pick<SeriesView, 'lines' | 'formerLines'> = { lines: [], formerLines: [] }

/**
 * All readings of the sensors that are selected, from `sensors_view`. Another selection is another stream: the lines
 * that stay in it stay on the screen until it is there.
 */
export class ChosenSeries {
  readonly #around: Surroundings
  #ids: ReadonlySet<number> = new Set()
  #chosen: Chosen | undefined
  #before: SeriesView | undefined
  #isOpen = false
  #close: (() => void) | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #holdFromS: number | undefined

  constructor(around: Surroundings) {
    this.#around = around
  }

  get ids(): ReadonlySet<number> {
    return this.#ids
  }

  get view(): Pick<SeriesView, 'lines' | 'formerLines'> {
    if (this.#ids.size === 0) return NONE
    const state = this.#chosen?.store.getState()
    const { lines, formerLines } = (state?.ready ? state.view : this.#before) ?? NONE
    const isSelected = ({ id }: { readonly id: number }) => this.#ids.has(id)
    return { lines: lines.filter(isSelected), formerLines: formerLines.filter(isSelected) }
  }

  get isBehind(): boolean {
    return this.#chosen?.store.isBehind ?? false
  }

  select(ids: ReadonlySet<number>): void {
    this.#ids = ids
    clearTimeout(this.#timer)
    if (!this.#isOpen) return
    if (this.#chosen) this.#timer = setTimeout(() => this.#follow(), PATIENCE_MS)
    else this.#follow()
  }

  open(): void {
    this.#isOpen = true
    this.#follow()
  }

  close(): void {
    this.#isOpen = false
    clearTimeout(this.#timer)
    this.#close?.()
    this.#close = undefined
  }

  retryNow(): void {
    this.#chosen?.store.retryNow()
  }

  hold(fromS: number): void {
    this.#holdFromS = Math.min(fromS, this.#holdFromS ?? Number.POSITIVE_INFINITY)
    this.#chosen?.projection.hold(fromS)
  }

  release(): void {
    this.#holdFromS = undefined
    this.#chosen?.projection.release()
  }

  /** Opens the stream of the selection, if it is not open. */
  #follow(): void {
    const ids = [...this.#ids].sort((a, b) => a - b).join(',')
    if (this.#chosen?.ids !== ids) {
      const state = this.#chosen?.store.getState()
      if (state?.ready) this.#before = state.view
      this.#close?.()
      this.#close = undefined
      this.#chosen = ids === '' ? undefined : this.#create(ids)
      this.#around.onChange()
    }
    this.#close ??= this.#chosen?.store.subscribe(this.#around.onChange)
  }

  #create(ids: string): Chosen {
    const { formerSeries, openStream } = this.#around
    const projection = new ReadingsProjection(formerSeries)
    if (this.#holdFromS !== undefined) projection.hold(this.#holdFromS)
    const store = new RelationStore({
      relation: 'sensors_view',
      filters: [['id', `in.(${ids})`]],
      projection,
      minIntervalMs: MIN_INTERVAL_MS,
      // The next selection needs the room that this one has taken.
      lingerMs: 0,
      ...(openStream && { openStream }),
    })
    return { ids, projection, store }
  }
}
