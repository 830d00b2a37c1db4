import type { Reading } from '../readings/reading.ts'
import { readingAt } from './sensor.ts'

/** A simulated network: sensors 1 to `sensors`, all measuring at whole multiples of `intervalMs`. */
export interface Network {
  readonly seed: number
  readonly sensors: number
  readonly intervalMs: number
}

/** The last moment of measurement at or before a time. */
export function tickBefore({ intervalMs }: Network, timeMs: number): number {
  return Math.floor(timeMs / intervalMs) * intervalMs
}

/** What the network measures at one moment; silent sensors are left out. */
export function readingsAt({ seed, sensors }: Network, tickMs: number): Reading[] {
  const readings: Reading[] = []
  for (let sensor = 1; sensor <= sensors; sensor++) {
    const reading = readingAt(seed, sensor, tickMs)
    if (reading) readings.push(reading)
  }
  return readings
}

/** What a page shows at first: the last ten minutes. */
export const WINDOW_MS = 600_000

/** What is filled in at most; a large network is filled in coarsely, so that its first page is quick too. */
const MAX_FILLED_ROWS = 60_000

/**
 * The readings of the window up to and including `untilMs` that are not there yet, oldest first, one array for each
 * moment. `newest` holds the time of each sensor's last reading that is there. Where a whole window would be too much,
 * every sensor is given every nth of its readings, in turns: each moment has some.
 */
export function* missingReadings(
  network: Network,
  newest: ReadonlyMap<number, number>,
  untilMs: number,
): Generator<Reading[]> {
  const { seed, sensors, intervalMs } = network
  const last = tickBefore(network, untilMs)
  const first = tickBefore(network, untilMs - WINDOW_MS) + intervalMs
  const stride = Math.ceil((sensors * (WINDOW_MS / intervalMs)) / MAX_FILLED_ROWS)
  for (let tick = first; tick <= last; tick += intervalMs) {
    const turn = (tick / intervalMs) % stride
    const readings: Reading[] = []
    for (let sensor = 1 + turn; sensor <= sensors; sensor += stride) {
      if (tick <= (newest.get(sensor) ?? 0)) continue
      const reading = readingAt(seed, sensor, tick)
      if (reading) readings.push(reading)
    }
    if (readings.length > 0) yield readings
  }
}
