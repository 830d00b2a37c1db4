import { GAP_STEPS, usualStep } from '../charts/rhythm.ts'
import { STUCK_AFTER_S } from './faults.ts'
import type { SensorLast } from './overview.ts'
import type { Reading } from './reading.ts'
import { Timeline } from './timeline.ts'

/** How many of the last steps tell a sensor's rhythm. */
const STEPS = 15
/** Fewer steps are no rhythm: two readings an hour apart do not make an hourly sensor. */
const MIN_STEPS = 3
/** Assumed where a sensor has not yet shown its rhythm, in seconds. */
export const UNKNOWN_INTERVAL_S = 2.5
const MIN_GAP_S = 3
/** A sensor is silent when it has missed four readings, but not before this time. */
export const SILENT_INTERVALS = 5
export const MIN_SILENT_S = 10

/** The readings of one sensor in the order of their time. */
export class SensorSeries implements SensorLast {
  readonly id: number
  readonly #timeline = new Timeline<Reading>()

  constructor(id: number) {
    this.id = id
  }

  apply(reading: Reading, diff: number): void {
    this.#timeline.apply(reading, diff)
  }

  /** Lets all readings go that are not within the times, the begin included and the end not. */
  cut(fromS: number, beforeS?: number): void {
    this.#timeline.cut(fromS, beforeS)
  }

  get readings(): readonly Reading[] {
    return this.#timeline.items
  }

  get last(): Reading | undefined {
    return this.#timeline.last
  }

  indexAt(timestamp: number): number {
    return this.#timeline.indexAt(timestamp)
  }

  /** The usual time between two readings in seconds, undefined as long as there are too few to tell. */
  get intervalS(): number | undefined {
    const recent = this.readings.slice(-STEPS - 1)
    return usualStep(
      recent.map(({ timestamp }) => timestamp),
      MIN_STEPS,
    )
  }

  /** Two readings further apart than this are not joined by a line. */
  get gapS(): number {
    return Math.max(MIN_GAP_S, GAP_STEPS * (this.intervalS ?? UNKNOWN_INTERVAL_S))
  }

  /** Without a reading for longer than this the sensor is silent. */
  get silentAfterS(): number {
    return Math.max(MIN_SILENT_S, SILENT_INTERVALS * (this.intervalS ?? UNKNOWN_INTERVAL_S))
  }

  /** All its readings of the window are held: nobody will know more of it by waiting. */
  get isRhythmKnown(): boolean {
    return true
  }

  /** For how long the readings up to the last have all been the same. Nobody asks for more than makes it stuck. */
  get unchangedS(): number {
    const { last, readings } = this
    if (!last) return 0
    let unchangedS = 0
    for (let index = readings.length - 2; index >= 0 && unchangedS <= STUCK_AFTER_S; index -= 1) {
      const reading = readings[index]
      if (!reading || reading.pm25 !== last.pm25 || reading.pm10 !== last.pm10) break
      unchangedS = last.timestamp - reading.timestamp
    }
    return unchangedS
  }
}
