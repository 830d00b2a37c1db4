import { isOutOfDate } from '../../lib/client/connection.ts'
import type { Stream, StreamReader } from '../../lib/client/stream.ts'
import type { FoldChange } from '../../lib/protocol/fold.ts'
import { BandSeries } from '../../lib/readings/band.ts'
import { type Crowd, CrowdWatch } from '../../lib/readings/crowd.ts'
import { FormerSeries } from '../../lib/readings/former-series.ts'
import type { Reading } from '../../lib/readings/reading.ts'
import { countLatest, readQuietLatest } from './ask-latest.ts'
import { FewSource } from './few-source.ts'
import { ManySource } from './many-source.ts'
import { MIN_INTERVAL_MS, NOTHING, type ReadingsState, type Source, type Surroundings } from './source.ts'
import { Throttle } from './throttle.ts'

/** A server that does not say how many sensors there are within this time is not waited for. */
const COUNT_PATIENCE_MS = 2_000
const QUIET_PATIENCE_MS = 10_000

export interface ReadingsSourceOptions {
  readonly onReadings?: (change: FoldChange) => void
  readonly readsHidden?: () => boolean
  readonly openStream?: (reader: StreamReader) => Stream
  /** How many sensors there are; `absent` where only their readings can be read, undefined where nobody knows. */
  readonly countSensors?: (signal: AbortSignal) => Promise<number | 'absent' | undefined>
  /** The last readings of sensors that have not been heard of for longer than all readings are kept. */
  readonly readQuiet?: (signal: AbortSignal) => Promise<readonly Reading[]>
}

/**
 * The readings of all sensors, read from whatever fits their number, and told in one shape: up to 50 sensors all
 * readings are streamed, above that what {@link ManySource} says. Where the database lacks the relations for that,
 * all readings are streamed at any number.
 *
 *     nothing ──counted──> few <──────────> many      what was shown stays until what is to be shown is there
 */
export class ReadingsSource {
  readonly #countSensors: (signal: AbortSignal) => Promise<number | 'absent' | undefined>
  readonly #readQuiet: (signal: AbortSignal) => Promise<readonly Reading[]>
  readonly #watch = new CrowdWatch()
  readonly #listeners = new Set<() => void>()
  readonly #around: Surroundings
  readonly #notify = new Throttle(() => this.#tell(), MIN_INTERVAL_MS)
  #state: ReadingsState = NOTHING
  #shown: Source | undefined
  /** What will be shown once it is there. */
  #next: Source | undefined
  #canBeMany = true
  #selected: ReadonlySet<number> = new Set()
  #holdFromS: number | undefined
  #asking: AbortController | undefined

  constructor(options: ReadingsSourceOptions = {}) {
    this.#countSensors = options.countSensors ?? countLatest
    this.#readQuiet = options.readQuiet ?? readQuietLatest
    this.#around = {
      onChange: () => this.#onChange(),
      formerSeries: new FormerSeries(),
      formerBand: new BandSeries(),
      onReadings: options.onReadings ?? (() => {}),
      readsHidden: options.readsHidden ?? (() => false),
      openStream: options.openStream,
    }
  }

  getState = (): ReadingsState => this.#state

  /** True as long as something that came while nobody could see the page is not in what is shown. */
  get isBehind(): boolean {
    return this.#shown?.isBehind ?? false
  }

  /** Opens the streams with the first listener; returns the undo. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    if (this.#listeners.size === 1) this.#begin()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#end()
    }
  }

  /** For the reader who does not want to wait for the next try. */
  retryNow = (): void => {
    this.#shown?.retryNow()
    this.#next?.retryNow()
  }

  /** Whose lines are wanted however many sensors there are. */
  select(ids: ReadonlySet<number>): void {
    this.#selected = new Set(ids)
    this.#shown?.select(this.#selected)
    this.#next?.select(this.#selected)
    this.#notify.request()
  }

  /** Keeps what is later than a time, in Unix seconds, though the database lets it go; 20 minutes at most. */
  hold(fromS: number): void {
    this.#holdFromS = Math.min(fromS, this.#holdFromS ?? Number.POSITIVE_INFINITY)
    this.#shown?.hold(fromS)
    this.#next?.hold(fromS)
  }

  release(): void {
    this.#holdFromS = undefined
    this.#shown?.release()
    this.#next?.release()
    this.#notify.request()
  }

  #begin(): void {
    this.#shown?.open()
    this.#next?.open()
    if (this.#shown instanceof ManySource) this.#shown.openChosen()
    if (!this.#shown && !this.#next) void this.#count()
  }

  #end(): void {
    this.#asking?.abort()
    this.#asking = undefined
    this.#notify.cancel()
    this.#shown?.close()
    this.#next?.close()
  }

  async #count(): Promise<void> {
    const asking = new AbortController()
    this.#asking = asking
    const timer = setTimeout(() => asking.abort(), COUNT_PATIENCE_MS)
    const sensors = await this.#countSensors(asking.signal)
    clearTimeout(timer)
    if (this.#asking !== asking) return
    this.#asking = undefined
    if (sensors === 'absent') this.#settleForFew()
    // Nobody knows: the last reading of each sensor is little to ask for, and tells how many there are.
    else this.#turnTo(sensors === undefined ? 'many' : this.#watch.observe(sensors, Date.now()))
  }

  #turnTo(crowd: Crowd): void {
    if ((this.#next ?? this.#shown)?.crowd === crowd) return
    this.#next?.close()
    this.#next = undefined
    if (this.#shown?.crowd === crowd) {
      this.#shown.open()
      return
    }
    // A browser opens four streams at most: there is room for many beside few, but not for few beside many.
    if (crowd === 'few') this.#shown?.close()
    const next = crowd === 'few' ? new FewSource(this.#around) : new ManySource(this.#around)
    next.select(this.#selected)
    if (this.#holdFromS !== undefined) next.hold(this.#holdFromS)
    this.#next = next
    next.open()
    if (next instanceof FewSource && this.#canBeMany) void this.#recall(next)
    this.#notify.request()
  }

  /** A sensor that died an hour ago is in no reading of the last ten minutes, and the one to look after. */
  async #recall(source: FewSource): Promise<void> {
    source.recall(await this.#readQuiet(AbortSignal.timeout(QUIET_PATIENCE_MS)))
  }

  #settleForFew(): void {
    this.#canBeMany = false
    this.#watch.settleForFew()
    this.#turnTo('few')
  }

  #onChange(): void {
    const next = this.#next
    if (next?.isReady) {
      this.#shown?.close()
      this.#shown = next
      this.#next = undefined
      if (next instanceof ManySource) next.openChosen()
    }
    this.#judge()
    this.#notify.request()
  }

  /** Whether what is read still fits the number of sensors, and is there. */
  #judge(): void {
    const source = this.#next ?? this.#shown
    if (!source) return
    if (source.crowd === 'many' && source.isRefused) this.#settleForFew()
    else if (source.sensors !== undefined && this.#canBeMany)
      this.#turnTo(this.#watch.observe(source.sensors, Date.now()))
  }

  #tell(): void {
    this.#state = this.#compose()
    for (const listener of this.#listeners) listener()
  }

  #compose(): ReadingsState {
    const next = this.#next
    const shown = this.#shown ?? next
    if (!shown) return { ...NOTHING, view: { ...NOTHING.view, selected: this.#selected } }
    const state = shown.compose()
    // What is shown may no longer be streamed: then it is as old as what comes instead is late.
    return next && next !== shown && isOutOfDate(next.connection)
      ? { ...state, connection: next.connection }
      : state
  }
}
