import type { Metric } from './air-quality.ts'
import type { Reading } from './reading.ts'

/**
 * The upper fifth of what an SDS011 can show (999.9 and 1999.9 µg/m³): there something sits in its laser's beam.
 * A judgement of ours; docs/air-quality.md says how we came to it.
 */
const OFF_SCALE: Readonly<Record<Metric, number>> = { pm25: 800, pm10: 1600 }
/** Air is never exactly the same for so long: the sensor repeats what it has said. */
export const STUCK_AFTER_S = 180

/** True for a number that air can have: not negative, and not beyond what a sensor can tell. */
export function isPossible(metric: Metric, value: number | null): value is number {
  return value !== null && value >= 0 && value < OFF_SCALE[metric]
}

/**
 * True where a sensor speaks, but not of the air: its last reading has no value at all or an impossible one, or it has
 * repeated the same pair of values for longer than three minutes. A sensor that measures only one of the two is well.
 */
export function isFaulty({ pm25, pm10 }: Reading, unchangedS: number): boolean {
  if (pm25 === null && pm10 === null) return true
  if (pm25 !== null && !isPossible('pm25', pm25)) return true
  if (pm10 !== null && !isPossible('pm10', pm10)) return true
  return unchangedS > STUCK_AFTER_S
}
