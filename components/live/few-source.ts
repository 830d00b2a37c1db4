import { watched } from '../../lib/alerts/watched.ts'
import { RelationStore } from '../../lib/browser/relation-store.ts'
import { readingsPerSecond } from '../../lib/readings/rate.ts'
import type { Reading } from '../../lib/readings/reading.ts'
import { ReadingsProjection, type SeriesView } from '../../lib/readings/readings-view.ts'
import { isRefusal, MIN_INTERVAL_MS, type ReadingsState, type Source, type Surroundings } from './source.ts'

/** All readings of all sensors, from `sensors_view`: everything else follows from them. */
export class FewSource implements Source {
  readonly crowd = 'few'
  readonly #projection: ReadingsProjection
  readonly #store: RelationStore<SeriesView>
  readonly #around: Surroundings
  #selected: ReadonlySet<number> = new Set()
  #close: (() => void) | undefined

  constructor(around: Surroundings) {
    const { formerSeries, formerBand, onReadings, readsHidden, openStream } = around
    this.#around = around
    this.#projection = watched(new ReadingsProjection(formerSeries, formerBand), onReadings)
    this.#store = new RelationStore({
      relation: 'sensors_view',
      projection: this.#projection,
      minIntervalMs: MIN_INTERVAL_MS,
      readsHidden,
      ...(openStream && { openStream }),
    })
  }

  get isReady() {
    return this.#store.getState().ready
  }

  get isRefused() {
    return isRefusal(this.connection)
  }

  get connection() {
    return this.#store.getState().connection
  }

  get isBehind() {
    return this.#store.isBehind
  }

  get sensors() {
    const { ready, view } = this.#store.getState()
    return ready ? view.lines.length : undefined
  }

  compose(): ReadingsState {
    const state = this.#store.getState()
    const { lines, formerLines } = state.view
    const { formerBand } = this.#around
    return {
      ...state,
      // What the database before told is there to be seen, too.
      size: state.size + formerLines.length,
      view: {
        ...state.view,
        selected: this.#selected,
        formerBand: formerBand.last ? formerBand : undefined,
        perSecondAt: (nowS) => readingsPerSecond(lines, nowS),
      },
    }
  }

  open(): void {
    this.#close ??= this.#store.subscribe(this.#around.onChange)
  }

  close(): void {
    this.#close?.()
    this.#close = undefined
  }

  retryNow(): void {
    this.#store.retryNow()
  }

  select(ids: ReadonlySet<number>): void {
    this.#selected = ids
  }

  /** Is told of sensors that have not been heard of for longer than the readings of all are kept. */
  recall(readings: Iterable<Reading>): void {
    this.#projection.recall(readings)
    this.#store.refresh()
  }

  hold(fromS: number): void {
    this.#projection.hold(fromS)
  }

  release(): void {
    this.#projection.release()
  }
}
