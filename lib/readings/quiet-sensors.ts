import type { SensorLast } from './overview.ts'
import type { Reading } from './reading.ts'

/** So many are remembered at most; the one that has been so for the longest goes first. */
const MAX_QUIET = 1_000

/**
 * Sensors of which the database tells nothing any more, because all their readings have become too old. A sensor that
 * has died is the one that somebody has to look after: it is still listed, as silent, with its last reading.
 */
export class QuietSensors {
  readonly #sensors = new Map<number, SensorLast>()

  /** Ordered by nothing. */
  get items(): Iterable<SensorLast> {
    return this.#sensors.values()
  }

  get size(): number {
    return this.#sensors.size
  }

  remember(last: Reading): void {
    this.#sensors.delete(last.id)
    this.#sensors.set(last.id, { id: last.id, last, silentAfterS: 0, unchangedS: 0, isRhythmKnown: true })
    for (const id of this.#sensors.keys()) {
      if (this.#sensors.size <= MAX_QUIET) return
      this.#sensors.delete(id)
    }
  }

  /** It has spoken again; returns whether it was quiet. */
  forget(id: number): boolean {
    return this.#sensors.delete(id)
  }

  clear(): void {
    this.#sensors.clear()
  }
}
