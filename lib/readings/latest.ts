import type { FoldChange } from '../protocol/fold.ts'
import { type Delay, DelayMeter } from './delay.ts'
import type { SensorLast } from './overview.ts'
import { QuietSensors } from './quiet-sensors.ts'
import { type Reading, toReading } from './reading.ts'
import { MIN_SILENT_S, SILENT_INTERVALS } from './sensor-series.ts'

/** Each new step moves the rhythm by this share, so that one late reading does not make a slow sensor. */
const RHYTHM_SHARE = 0.2
/** As long as a sensor has not shown its rhythm here it may be one that reports every few seconds, or once a minute. */
const UNKNOWN_SILENT_S = 75

/** A sensor of which only the last reading is told: its rhythm is learnt from those that follow each other. */
class LatestSensor implements SensorLast {
  readonly id: number
  #last: Reading
  #intervalS: number | undefined
  #sameSinceS: number

  constructor(reading: Reading) {
    this.id = reading.id
    this.#last = reading
    this.#sameSinceS = reading.timestamp
  }

  get last(): Reading {
    return this.#last
  }

  get silentAfterS(): number {
    if (this.#intervalS === undefined) return UNKNOWN_SILENT_S
    return Math.max(MIN_SILENT_S, SILENT_INTERVALS * this.#intervalS)
  }

  get isRhythmKnown(): boolean {
    return this.#intervalS !== undefined
  }

  get unchangedS(): number {
    return this.#last.timestamp - this.#sameSinceS
  }

  follow(reading: Reading): void {
    const { timestamp, pm25, pm10 } = this.#last
    if (reading.pm25 !== pm25 || reading.pm10 !== pm10) this.#sameSinceS = reading.timestamp
    const stepS = reading.timestamp - timestamp
    if (stepS > 0) {
      const before = this.#intervalS ?? stepS
      this.#intervalS = before + RHYTHM_SHARE * (Math.min(stepS, 2 * before) - before)
    }
    this.#last = reading
  }
}

export interface LatestView {
  /** Ordered by id. */
  readonly sensors: readonly SensorLast[]
  readonly delay: Delay | undefined
}

/**
 * Keeps the last reading of each sensor up to date with the changes of `sensors_latest`. Readings that came and went
 * between two changes are not told, so no line may be drawn from it. The cost of a change does not depend on how many
 * sensors there are. A sensor that was silent when its readings were cleared away stays, see `QuietSensors`; one that
 * was not has been taken away.
 */
export class LatestProjection {
  #sensors = new Map<number, LatestSensor>()
  readonly #quiet = new QuietSensors()
  readonly #delay = new DelayMeter()
  #fresh: number[] = []
  /** Undefined where sensors have come or gone since it was put in order. */
  #ordered: readonly SensorLast[] | undefined
  #changed = false
  #view: LatestView = { sensors: [], delay: undefined }

  apply({ reset, anew = false, asOfMs = 0, updates }: FoldChange): void {
    this.#changed = true
    const asOfS = asOfMs / 1000
    const before = this.#sensors
    if (reset) {
      this.#sensors = new Map()
      this.#ordered = undefined
    }
    if (anew) this.#quiet.clear()
    const gone = new Set<number>()
    // Retractions come first: what replaces a reading is told after it.
    for (const { diff, row } of updates) {
      if (diff < 0) {
        if (typeof row.id === 'number') gone.add(row.id)
        continue
      }
      const reading = toReading(row)
      if (!reading) continue
      gone.delete(reading.id)
      // What a snapshot holds is history, not news.
      if (!reset) this.#fresh.push(reading.timestamp)
      const known = this.#sensors.get(reading.id) ?? (anew ? undefined : before.get(reading.id))
      known?.follow(reading)
      if (this.#sensors.has(reading.id)) continue
      this.#quiet.forget(reading.id)
      this.#sensors.set(reading.id, known ?? new LatestSensor(reading))
      this.#ordered = undefined
    }
    for (const id of gone) this.#letGo(this.#sensors.get(id), asOfS)
    if (!reset || anew) return
    for (const [id, sensor] of before) if (!this.#sensors.has(id)) this.#letGo(sensor, asOfS)
  }

  #letGo(sensor: LatestSensor | undefined, asOfS: number): void {
    if (!sensor) return
    this.#sensors.delete(sensor.id)
    this.#ordered = undefined
    if (asOfS - sensor.last.timestamp > sensor.silentAfterS) this.#quiet.remember(sensor.last)
  }

  show(nowMs: number, unseen: boolean): LatestView {
    if (!this.#changed) return this.#view
    this.#changed = false
    if (!unseen) this.#delay.record(this.#fresh, nowMs)
    this.#fresh = []
    this.#ordered ??= [...this.#sensors.values(), ...this.#quiet.items].sort((a, b) => a.id - b.id)
    this.#view = { sensors: this.#ordered, delay: this.#delay.delay }
    return this.#view
  }
}
