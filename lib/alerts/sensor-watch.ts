import type { Reading } from '../readings/reading.ts'
import type { Heard, Track } from './track.ts'

/** A reading may come this much later than newer ones of its sensor; one that is later still is passed over. */
export const LATE_S = 30
/** Readings are settled in lots, not one by one. */
const LOT_S = 8
/** So many steps tell a sensor's rhythm; before that it is assumed. */
const STEPS = 5
const ASSUMED_STEP_S = 2.5
/** As in the charts: where more than three readings are missing, nothing is known. */
const GAP_STEPS = 4.5
const MIN_GAP_S = 10

/** The last readings of one sensor in their order, however they came, and its rules. */
export class SensorWatch {
  readonly tracks = new Map<string, Track>()
  #held: Heard[] = []
  /** The steps before the first reading held, and the time of the one before it. */
  #steps: readonly number[] = []
  #settledS = -Infinity

  get lastS(): number | undefined {
    return (
      this.#held.at(-1)?.reading.timestamp ?? (Number.isFinite(this.#settledS) ? this.#settledS : undefined)
    )
  }

  /** A reading that is there already is replaced: it may have been corrected. False where nothing has changed. */
  add(reading: Reading): boolean {
    const t = reading.timestamp
    if (t <= this.#settledS || t < (this.lastS ?? t) - LATE_S) return false
    let index = this.#held.length
    while (index > 0 && (this.#held[index - 1]?.reading.timestamp ?? 0) >= t) index -= 1
    const there = this.#held[index]
    if (there?.reading.timestamp === t) {
      if (there.reading.pm25 === reading.pm25 && there.reading.pm10 === reading.pm10) return false
      this.#held[index] = { reading, afterGap: there.afterGap }
      this.#redo()
    } else if (index === this.#held.length) {
      const heard = { reading, afterGap: this.#isGap(t) }
      this.#held.push(heard)
      for (const track of this.tracks.values()) track.add(heard)
    } else {
      this.#held.splice(index, 0, { reading, afterGap: false })
      this.#redo()
    }
    this.#settle(t - LATE_S)
    return true
  }

  #redo(): void {
    const readings = this.#held
    this.#held = []
    for (const { reading } of readings) this.#held.push({ reading, afterGap: this.#isGap(reading.timestamp) })
    for (const track of this.tracks.values()) track.redo(this.#held)
  }

  /** Whether more than a pause lies between the last reading held and a time. */
  #isGap(t: number): boolean {
    const before = this.lastS
    if (before === undefined) return true
    const recent = this.#recentSteps()
    const usual = recent.length < STEPS ? ASSUMED_STEP_S : (recent[STEPS >> 1] ?? ASSUMED_STEP_S)
    return t - before > Math.max(MIN_GAP_S, GAP_STEPS * usual)
  }

  /** The last steps, the shortest first. */
  #recentSteps(): number[] {
    const steps: number[] = []
    for (let index = this.#held.length - 1; index >= 0 && steps.length < STEPS; index -= 1) {
      const t = this.#held[index]?.reading.timestamp ?? 0
      const before = this.#held[index - 1]?.reading.timestamp ?? this.#settledS
      if (Number.isFinite(before)) steps.push(t - before)
    }
    steps.push(...this.#steps.slice(0, STEPS - steps.length))
    return steps.sort((a, b) => a - b)
  }

  #settle(beforeS: number): void {
    const first = this.#held[0]?.reading.timestamp ?? Infinity
    if (first >= beforeS - LOT_S) return
    const index = this.#held.findIndex(({ reading }) => reading.timestamp >= beforeS)
    const settled = this.#held.slice(0, index)
    for (const { reading } of settled) {
      const { timestamp } = reading
      if (Number.isFinite(this.#settledS))
        this.#steps = [timestamp - this.#settledS, ...this.#steps].slice(0, STEPS)
      this.#settledS = timestamp
    }
    this.#held = this.#held.slice(index)
    for (const track of this.tracks.values()) track.settle(settled)
  }
}
