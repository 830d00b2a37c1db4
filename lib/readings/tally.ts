import { type Category, categoryOf, type Metric } from './air-quality.ts'
import type { TimeRange } from './line.ts'

/** What a chart shows, in a few figures. Concentrations in µg/m³, times in Unix seconds. */
export interface Summary {
  /** Sensors with a reading in the range. */
  readonly sensors: number
  readonly lowest: number
  /** `id` is undefined where only is known how high the highest of all was. */
  readonly highest: { readonly id: number | undefined; readonly t: number; readonly v: number }
  /** The category of more than half of the readings, if there is one. */
  readonly mostly: Category | undefined
  readonly trend: 'rising' | 'falling' | 'steady'
}

/** The mean of the last third must differ from that of the first third by this share to be called a trend. */
const TREND_SHARE = 0.1

/** What was measured at a time; `id` where only one sensor measured it. */
export interface Measured {
  readonly id: number | undefined
  readonly t: number
  readonly low: number
  readonly mean: number
  readonly high: number
}

/** Sums up what was measured in a range, one by one. */
export class Tally {
  readonly #metric: Metric
  readonly #range: TimeRange
  readonly #begin = { sum: 0, count: 0 }
  readonly #end = { sum: 0, count: 0 }
  readonly #categories = new Map<Category, number>()
  #lowest = Number.POSITIVE_INFINITY
  #highest: Summary['highest'] | undefined
  #count = 0

  constructor(metric: Metric, range: TimeRange) {
    this.#metric = metric
    this.#range = range
  }

  /** How often something was measured. */
  get count(): number {
    return this.#count
  }

  add({ id, t, low, mean, high }: Measured): void {
    const { fromS, toS } = this.#range
    const thirdS = (toS - fromS) / 3
    const category = categoryOf(this.#metric, mean)
    this.#count += 1
    this.#categories.set(category, (this.#categories.get(category) ?? 0) + 1)
    this.#lowest = Math.min(this.#lowest, low)
    if (!this.#highest || high > this.#highest.v) this.#highest = { id, t, v: high }
    const third = t < fromS + thirdS ? this.#begin : t > toS - thirdS ? this.#end : undefined
    if (!third) return
    third.sum += mean
    third.count += 1
  }

  /** Undefined where nothing was measured. `sensors` are how many measured. */
  summary(sensors: number): Summary | undefined {
    if (!this.#highest) return undefined
    const mostly = [...this.#categories].find(([, share]) => share > this.#count / 2)?.[0]
    return { sensors, lowest: this.#lowest, highest: this.#highest, mostly, trend: this.#trend }
  }

  get #trend(): Summary['trend'] {
    const [begin, end] = [this.#begin, this.#end]
    if (begin.count === 0 || end.count === 0) return 'steady'
    const before = begin.sum / begin.count
    const change = end.sum / end.count - before
    if (Math.abs(change) <= Math.abs(before) * TREND_SHARE) return 'steady'
    return change > 0 ? 'rising' : 'falling'
  }
}
