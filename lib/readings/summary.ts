import { CATEGORY_NAMES, type Category, categoryOf, type Metric } from './air-quality.ts'
import type { TimeRange } from './line.ts'
import type { SensorSeries } from './sensor-series.ts'

/** What a chart shows, in a few figures. Concentrations in µg/m³, times in Unix seconds. */
export interface Summary {
  /** Sensors with a reading in the range. */
  readonly sensors: number
  readonly lowest: number
  readonly highest: { readonly id: number; readonly t: number; readonly v: number }
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
  readonly number: (value: number) => string
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
      if (v === null) continue
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
export function summaryInWords(summary: Summary | undefined, { name, when, number, time }: Wording): string {
  if (!summary) return `${name} ${when}: no readings.`
  const { sensors, lowest, highest, mostly, trend } = summary
  const category = mostly ? `mostly ${CATEGORY_NAMES[mostly].toLowerCase()}, ` : ''
  const at = sensors === 1 ? 'highest' : `highest at sensor ${highest.id}`
  const who = sensors === 1 ? `sensor ${highest.id}` : `${sensors} sensors`
  const values = `between ${number(lowest)} and ${number(highest.v)} µg/m³`
  return `${name} of ${who} ${when}: ${category}${values}, ${at} at ${time(highest.t)}, ${trend}.`
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
