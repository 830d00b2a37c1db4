import type { FoldChange } from '../protocol/fold.ts'
import { type Delay, DelayMeter } from './delay.ts'
import { toReading } from './reading.ts'
import { SensorSeries } from './sensor-series.ts'

/** What the dashboard shows of a relation of readings. The series go on growing; the view itself is new each time. */
export interface ReadingsView {
  /** The series that charts are drawn from, ordered by the sensors' ids. */
  readonly lines: readonly SensorSeries[]
  /** From reading to screen, over the last minute. */
  readonly delay: Delay | undefined
}

/** Keeps the series of all sensors up to date with the changes of a relation of readings. */
export class ReadingsProjection {
  #series = new Map<number, SensorSeries>()
  #delay = new DelayMeter()
  /** Times of the readings that have come since the last picture. */
  #fresh: number[] = []
  #changed = false
  #view: ReadingsView = { lines: [], delay: undefined }

  apply({ reset, updates }: FoldChange): void {
    if (reset) this.#series = new Map()
    for (const { diff, row } of updates) {
      const reading = toReading(row)
      if (!reading) continue
      const series = this.#series.get(reading.id) ?? new SensorSeries(reading.id)
      series.apply(reading, diff)
      if (series.last) this.#series.set(reading.id, series)
      else this.#series.delete(reading.id)
      // What a snapshot holds is history, not news.
      if (diff > 0 && !reset) this.#fresh.push(reading.timestamp)
    }
    this.#changed = true
  }

  show(nowMs: number, unseen: boolean): ReadingsView {
    if (!this.#changed) return this.#view
    // How long a reading waited for somebody to look says nothing about the stream.
    if (!unseen) this.#delay.record(this.#fresh, nowMs)
    this.#fresh = []
    this.#changed = false
    this.#view = {
      lines: [...this.#series.values()].sort((a, b) => a.id - b.id),
      delay: this.#delay.delay,
    }
    return this.#view
  }
}
