import { CATEGORY_NAMES, type Category, categoryOf, type Metric } from './air-quality.ts'
import type { BandSeries } from './band.ts'
import { isPossible } from './faults.ts'
import type { TimeRange } from './line.ts'
import type { SensorSeries } from './sensor-series.ts'

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

/** How a summary writes numbers and times, and what it calls things. */
export interface Wording {
  /** Such as `PM2.5`. */
  readonly name: string
  /** Such as `over the last 10 minutes`. */
  readonly when: string
  /** A concentration. */
  readonly number: (value: number) => string
  readonly count: (value: number) => string
  readonly time: (t: number) => string
}

/** The mean of the last third must differ from that of the first third by this share to be called a trend. */
const TREND_SHARE = 0.1

/** Sums up all readings in a range, both ends included; undefined where there is none. */
export function toSummary(
  sensors: readonly SensorSeries[],
  metric: Metric,
  { fromS, toS }: TimeRange,
): Summary | undefined {
  const thirdS = (toS - fromS) / 3
  const begin = { sum: 0, count: 0 }
  const end = { sum: 0, count: 0 }
  const categories = new Map<Category, number>()
  let lowest = Number.POSITIVE_INFINITY
  let highest: Summary['highest'] | undefined
  let count = 0
  let measured = 0
  for (const series of sensors) {
    const { id, readings } = series
    const before = count
    for (let at = series.indexAt(fromS); at < readings.length; at += 1) {
      const reading = readings[at]
      if (!reading || reading.timestamp > toS) break
      const v = reading[metric]
      // What no air can be is a faulty sensor's, and says nothing of the air.
      if (v === null || !isPossible(metric, v)) continue
      const t = reading.timestamp
      const category = categoryOf(metric, v)
      count += 1
      categories.set(category, (categories.get(category) ?? 0) + 1)
      lowest = Math.min(lowest, v)
      if (!highest || v > highest.v) highest = { id, t, v }
      const third = t < fromS + thirdS ? begin : t > toS - thirdS ? end : undefined
      if (!third) continue
      third.sum += v
      third.count += 1
    }
    if (count > before) measured += 1
  }
  if (!highest) return undefined
  const mostly = [...categories].find(([, share]) => share > count / 2)?.[0]
  return { sensors: measured, lowest, highest, mostly, trend: toTrend(begin, end) }
}

/** `PM2.5 of 24 sensors over the last 10 minutes: mostly moderate, between 4.1 and 61.2 µg/m³, …` */
export function summaryInWords(
  summary: Summary | undefined,
  { name, when, number, count, time }: Wording,
): string {
  if (!summary) return `${name} ${when}: no readings.`
  const { sensors, lowest, highest, mostly, trend } = summary
  const category = mostly ? `mostly ${CATEGORY_NAMES[mostly].toLowerCase()}, ` : ''
  const isNamed = highest.id !== undefined
  const at = sensors === 1 || !isNamed ? 'highest' : `highest at sensor ${highest.id}`
  const who = sensors === 1 && isNamed ? `sensor ${highest.id}` : `${count(sensors)} sensors`
  const values = `between ${number(lowest)} and ${number(highest.v)} µg/m³`
  return `${name} of ${who} ${when}: ${category}${values}, ${at} at ${time(highest.t)}, ${trend}.`
}

/** The same of many sensors, from their means second by second; how many they are must be told. */
export function toBandSummary(
  band: BandSeries,
  sensors: number,
  metric: Metric,
  { fromS, toS }: TimeRange,
): Summary | undefined {
  const thirdS = (toS - fromS) / 3
  const begin = { sum: 0, count: 0 }
  const end = { sum: 0, count: 0 }
  const categories = new Map<Category, number>()
  let lowest = Number.POSITIVE_INFINITY
  let highest: Summary['highest'] | undefined
  let count = 0
  for (let index = band.indexAt(fromS); index < band.items.length; index += 1) {
    const second = band.items[index]
    if (!second || second.timestamp > toS) break
    const spread = second[metric]
    if (!spread) continue
    const t = second.timestamp
    const category = categoryOf(metric, spread.mean)
    count += 1
    categories.set(category, (categories.get(category) ?? 0) + 1)
    // Where a sensor is faulty, the mean is what can be said of that second.
    lowest = Math.min(lowest, isPossible(metric, spread.min) ? spread.min : spread.mean)
    const top = isPossible(metric, spread.max) ? spread.max : spread.mean
    if (!highest || top > highest.v) highest = { id: undefined, t, v: top }
    const third = t < fromS + thirdS ? begin : t > toS - thirdS ? end : undefined
    if (!third) continue
    third.sum += spread.mean
    third.count += 1
  }
  if (!highest) return undefined
  const mostly = [...categories].find(([, share]) => share > count / 2)?.[0]
  return { sensors, lowest, highest, mostly, trend: toTrend(begin, end) }
}

interface Part {
  readonly sum: number
  readonly count: number
}

function toTrend(begin: Part, end: Part): Summary['trend'] {
  if (begin.count === 0 || end.count === 0) return 'steady'
  const before = begin.sum / begin.count
  const change = end.sum / end.count - before
  if (Math.abs(change) <= Math.abs(before) * TREND_SHARE) return 'steady'
  return change > 0 ? 'rising' : 'falling'
}
