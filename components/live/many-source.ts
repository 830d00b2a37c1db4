import { watched } from '../../lib/alerts/watched.ts'
import { RelationStore } from '../../lib/browser/relation-store.ts'
import type { Connection } from '../../lib/client/connection.ts'
import { BandProjection, type BandView } from '../../lib/readings/band-projection.ts'
import { LatestProjection, type LatestView } from '../../lib/readings/latest.ts'
import { bandPerSecond } from '../../lib/readings/rate.ts'
import { ChosenSeries } from './chosen-series.ts'
import { isRefusal, MIN_INTERVAL_MS, type ReadingsState, type Source, type Surroundings } from './source.ts'

/**
 * Many sensors: what is now from `sensors_latest`, the charts from `air_quality_1s`, and of `sensors_view` only the
 * sensors that are selected. With the figures of the machine these are the four streams that a browser may open.
 */
export class ManySource implements Source {
  readonly crowd = 'many'
  readonly #latest: RelationStore<LatestView>
  readonly #band: RelationStore<BandView>
  readonly #bandProjection: BandProjection
  readonly #chosen: ChosenSeries
  readonly #around: Surroundings
  #close: (() => void) | undefined

  constructor(around: Surroundings) {
    const { formerBand, onReadings, readsHidden, openStream } = around
    this.#around = around
    this.#bandProjection = new BandProjection(formerBand)
    this.#chosen = new ChosenSeries(around)
    const shared = { minIntervalMs: MIN_INTERVAL_MS, ...(openStream && { openStream }) }
    this.#latest = new RelationStore({
      relation: 'sensors_latest',
      projection: watched(new LatestProjection(), onReadings),
      readsHidden,
      ...shared,
    })
    this.#band = new RelationStore({
      relation: 'air_quality_1s',
      projection: this.#bandProjection,
      ...shared,
    })
  }

  get isReady() {
    return this.#latest.getState().ready && this.#band.getState().ready
  }

  get isRefused() {
    return isRefusal(this.#latest.getState().connection) || isRefusal(this.#band.getState().connection)
  }

  get connection() {
    return worse(this.#latest.getState().connection, this.#band.getState().connection)
  }

  get isBehind() {
    return this.#latest.isBehind || this.#band.isBehind || this.#chosen.isBehind
  }

  get sensors() {
    const { ready, view } = this.#latest.getState()
    return ready ? view.sensors.length : undefined
  }

  compose(): ReadingsState {
    const latest = this.#latest.getState()
    const { band, formerBand } = this.#band.getState().view
    return {
      ...latest,
      connection: this.connection,
      ready: this.isReady,
      // What the database before told is there to be seen, too.
      size: latest.size + (formerBand?.items.length ?? 0),
      view: {
        ...this.#chosen.view,
        ...latest.view,
        band,
        formerBand,
        selected: this.#chosen.ids,
        perSecondAt: (nowS) => bandPerSecond(band, nowS),
      },
    }
  }

  open(): void {
    if (this.#close) return
    const { onChange } = this.#around
    const closeLatest = this.#latest.subscribe(onChange)
    const closeBand = this.#band.subscribe(onChange)
    this.#close = () => {
      closeLatest()
      closeBand()
      this.#chosen.close()
    }
  }

  /** The streams of the source before are closed: there is room for the selection's. */
  openChosen(): void {
    if (this.#close) this.#chosen.open()
  }

  close(): void {
    this.#close?.()
    this.#close = undefined
  }

  retryNow(): void {
    this.#latest.retryNow()
    this.#band.retryNow()
    this.#chosen.retryNow()
  }

  select(ids: ReadonlySet<number>): void {
    this.#chosen.select(ids)
  }

  hold(fromS: number): void {
    this.#bandProjection.hold(fromS)
    this.#chosen.hold(fromS)
  }

  release(): void {
    this.#bandProjection.release()
    this.#chosen.release()
  }
}

const TROUBLES: readonly Connection['state'][] = ['live', 'connecting', 'stale', 'reconnecting', 'lost']

/** The page is as well as the worse of its streams. */
export function worse(one: Connection, other: Connection): Connection {
  return TROUBLES.indexOf(other.state) > TROUBLES.indexOf(one.state) ? other : one
}
