import { GAP_STEPS, usualStep } from '../charts/rhythm.ts'
import type { Row } from '../protocol/row.ts'
import type { Metric } from './air-quality.ts'
import { indexAt } from './index-at.ts'

/** Over all sensors, in µg/m³. */
export interface Spread {
  readonly min: number
  readonly mean: number
  readonly max: number
}

/** All readings of one second. `timestamp` is its begin in Unix seconds; null where no reading had a value. */
export interface BandSecond extends Readonly<Record<Metric, Spread | null>> {
  readonly timestamp: number
  readonly readings: number
}

const MIN_GAP_S = 3
const STEPS = 15

/** Lowest, mean and highest of all sensors, second by second, in the order of time. */
export class BandSeries {
  #items: BandSecond[] = []

  get items(): readonly BandSecond[] {
    return this.#items
  }

  get first(): BandSecond | undefined {
    return this.#items[0]
  }

  get last(): BandSecond | undefined {
    return this.#items.at(-1)
  }

  /** Where the first second at or after a time stands. */
  indexAt(timestamp: number): number {
    return indexAt(this.#items, timestamp)
  }

  /** A second is told once: what was told of it before is replaced. */
  set(second: BandSecond): void {
    const index = this.indexAt(second.timestamp)
    const replaces = this.#items[index]?.timestamp === second.timestamp
    this.#items.splice(index, replaces ? 1 : 0, second)
  }

  delete(timestamp: number): void {
    const index = this.indexAt(timestamp)
    if (this.#items[index]?.timestamp === timestamp) this.#items.splice(index, 1)
  }

  /** Lets all seconds go that are not within the times, the begin included and the end not. */
  cut(fromS: number, beforeS = Number.POSITIVE_INFINITY): void {
    const [first, end] = [this.indexAt(fromS), this.indexAt(beforeS)]
    if (first > 0 || end < this.#items.length) this.#items = this.#items.slice(first, end)
  }

  /** Two seconds further apart than this are not joined: sensors that report once a minute make no second's rhythm. */
  get gapS(): number {
    const recent = this.#items.slice(-STEPS - 1).map(({ timestamp }) => timestamp)
    const usual = usualStep(recent, 1) ?? 1
    return Math.max(MIN_GAP_S, GAP_STEPS * usual)
  }
}

/** A second from a row of `air_quality_1s`, or undefined where it has no time. */
export function toBandSecond(row: Row): BandSecond | undefined {
  const { second, readings } = row
  if (typeof second !== 'number') return undefined
  return {
    timestamp: second,
    readings: typeof readings === 'number' ? readings : 0,
    pm25: toSpread(row.pm25_min, row.pm25_mean, row.pm25_max),
    pm10: toSpread(row.pm10_min, row.pm10_mean, row.pm10_max),
  }
}

function toSpread(min: unknown, mean: unknown, max: unknown): Spread | null {
  return typeof min === 'number' && typeof mean === 'number' && typeof max === 'number'
    ? { min, mean, max }
    : null
}
