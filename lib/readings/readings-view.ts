import type { FoldChange } from '../protocol/fold.ts'
import { BandSeries } from './band.ts'
import { type Delay, DelayMeter } from './delay.ts'
import { FormerSeries } from './former-series.ts'
import type { SensorLast } from './overview.ts'
import { QuietSensors } from './quiet-sensors.ts'
import { type Reading, toReading } from './reading.ts'
import { SensorSeries } from './sensor-series.ts'
import { SeriesBand } from './series-band.ts'
import { Hold, isOfAge } from './window.ts'

/** More lines than this cannot be told apart: with more sensors a band of all is drawn, and only chosen lines. */
export const MAX_LINES = 24

/** What is made of a relation of readings. The series go on growing; the view itself is new each time. */
export interface SeriesView {
  /** All readings of the window, ordered by the sensors' ids. */
  readonly lines: readonly SensorSeries[]
  /** Every sensor with its last reading, ordered by id: also those whose readings have all left the window. */
  readonly sensors: readonly SensorLast[]
  /** What the database told before it began anew, as far as it is still in the window. Ordered by nothing. */
  readonly formerLines: readonly SensorSeries[]
  /** Undefined where the sensors are few enough for a line each. */
  readonly band: BandSeries | undefined
  /** From reading to screen, over the last minute. */
  readonly delay: Delay | undefined
}

/** What the page shows of the readings, however many sensors there are and whichever relations they are read from. */
export interface ReadingsView extends SeriesView {
  /** Sensors that are drawn as lines beside a band. */
  readonly selected: ReadonlySet<number>
  /** What the band was before the database began anew, as far as it is still in the window. */
  readonly formerBand: BandSeries | undefined
  /** Readings per second over the 10 seconds before a time, in Unix seconds. */
  readonly perSecondAt: (nowS: number) => number
}

/** Keeps the series of all sensors up to date with the changes of a relation of readings. */
export class ReadingsProjection {
  #series = new Map<number, SensorSeries>()
  readonly #former: FormerSeries
  readonly #formerBand: BandSeries
  readonly #band = new SeriesBand()
  readonly #delay = new DelayMeter()
  readonly #hold = new Hold()
  readonly #quiet = new QuietSensors()
  /** Readings that the database has let go, and a reader who has stopped the charts still looks at. */
  #kept: Reading[] = []
  /** Times of the readings that have come since the last picture. */
  #fresh: number[] = []
  #asOfS = 0
  #changed = false
  #view: SeriesView = { lines: [], sensors: [], formerLines: [], band: undefined, delay: undefined }

  /** What was told before may be shared with what shows the same readings before or after. */
  constructor(former = new FormerSeries(), formerBand = new BandSeries()) {
    this.#former = former
    this.#formerBand = formerBand
  }

  /**
   * Keeps readings later than a time although they leave the window of the relation, for 20 minutes at most. One
   * that is retracted while it is still inside was deleted or corrected, and goes all the same.
   */
  hold(fromS: number): void {
    this.#hold.begin(fromS)
  }

  release(): void {
    this.#hold.end()
    this.#changed = true
  }

  apply({ reset, anew = false, asOfMs = 0, updates }: FoldChange): void {
    this.#asOfS = asOfMs / 1000
    this.#changed = true
    const before = reset ? this.#begin(anew) : undefined
    for (const { diff, row } of updates) {
      const reading = toReading(row)
      if (!reading) continue
      if (diff < 0 && this.#hold.keeps(reading.timestamp, this.#asOfS)) this.#kept.push(reading)
      else this.#count(reading, diff)
      // What a snapshot holds is history, not news.
      if (diff > 0 && !reset) this.#fresh.push(reading.timestamp)
    }
    if (!before) return
    this.#keepOf(before)
    for (const { id, last } of before.values()) if (last && !this.#series.has(id)) this.#remember(last)
  }

  /** Is told of sensors that were heard of before the window began. */
  recall(readings: Iterable<Reading>): void {
    for (const reading of readings) {
      if (this.#series.has(reading.id)) continue
      this.#quiet.remember(reading)
      this.#changed = true
    }
  }

  show(nowMs: number, unseen: boolean): SeriesView {
    const nowS = Math.max(this.#asOfS, nowMs / 1000)
    const formers = this.#former.items
    this.#former.prune(this.#hold.oldestS(nowS))
    this.#formerBand.cut(this.#hold.oldestS(nowS))
    if (!this.#changed && formers === this.#former.items) return this.#view
    this.#changed = false
    // How long a reading waited for somebody to look says nothing about the stream.
    if (!unseen) this.#delay.record(this.#fresh, nowMs)
    this.#fresh = []
    this.#forget()
    this.#former.giveWay(this.#series)
    const lines = [...this.#series.values()].sort((a, b) => a.id - b.id)
    this.#view = {
      lines,
      sensors: this.#quiet.size === 0 ? lines : [...lines, ...this.#quiet.items].sort((a, b) => a.id - b.id),
      formerLines: [...this.#former.items],
      band: lines.length > MAX_LINES ? this.#band.refresh(lines) : undefined,
      delay: this.#delay.delay,
    }
    return this.#view
  }

  #count(reading: Reading, diff: number): void {
    const series = this.#series.get(reading.id) ?? new SensorSeries(reading.id)
    series.apply(reading, diff)
    if (series.last) {
      this.#series.set(reading.id, series)
      this.#quiet.forget(reading.id)
    } else {
      this.#series.delete(reading.id)
      if (diff < 0) this.#remember(reading)
    }
    this.#band.touch(reading.timestamp)
  }

  /** The sensor of this reading has no later one. A reading that went before its time was deleted, and its sensor with it. */
  #remember(last: Reading): void {
    if (isOfAge(last.timestamp, this.#asOfS)) this.#quiet.remember(last)
  }

  /** Returns what there was, where the same database tells all anew: some of it may have to be kept. */
  #begin(anew: boolean): ReadonlyMap<number, SensorSeries> | undefined {
    const before = this.#series
    const band = before.size > MAX_LINES ? this.#band.refresh([...before.values()]) : undefined
    this.#series = new Map()
    this.#band.clear()
    this.#kept = []
    if (!anew) return before
    this.#quiet.clear()
    this.#former.add(before)
    for (const second of band?.items ?? []) this.#formerBand.set(second)
    return undefined
  }

  #keepOf(before: ReadonlyMap<number, SensorSeries>): void {
    for (const { readings } of before.values()) {
      for (const reading of readings) {
        if (!this.#hold.keeps(reading.timestamp, this.#asOfS)) break
        this.#kept.push(reading)
        this.#count(reading, 1)
      }
    }
  }

  /** Lets go what is no longer held. */
  #forget(): void {
    if (this.#kept.length === 0) return
    const oldestS = this.#hold.oldestS(this.#asOfS)
    const keep = this.#hold.keeps.bind(this.#hold)
    const gone = this.#kept.filter(({ timestamp }) => timestamp < oldestS || !keep(timestamp, this.#asOfS))
    if (gone.length === 0) return
    const isGone = new Set(gone)
    this.#kept = this.#kept.filter((reading) => !isGone.has(reading))
    for (const reading of gone) this.#count(reading, -1)
  }
}
