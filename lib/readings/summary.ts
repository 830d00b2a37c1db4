import { CATEGORY_NAMES, type Metric } from './air-quality.ts'
import type { BandSeries } from './band.ts'
import { isPossible } from './faults.ts'
import type { TimeRange } from './line.ts'
import type { SensorSeries } from './sensor-series.ts'
import { type Summary, Tally } from './tally.ts'

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

/** Sums up all readings in a range, both ends included; undefined where there is none. */
export function toSummary(
  sensors: readonly SensorSeries[],
  metric: Metric,
  range: TimeRange,
): Summary | undefined {
  const tally = new Tally(metric, range)
  let measured = 0
  for (const series of sensors) {
    const { id, readings } = series
    const before = tally.count
    for (let at = series.indexAt(range.fromS); at < readings.length; at += 1) {
      const reading = readings[at]
      if (!reading || reading.timestamp > range.toS) break
      const v = reading[metric]
      // What no air can be is a faulty sensor's, and says nothing of the air.
      if (v !== null && isPossible(metric, v))
        tally.add({ id, t: reading.timestamp, low: v, mean: v, high: v })
    }
    if (tally.count > before) measured += 1
  }
  return tally.summary(measured)
}

/** The same of many sensors, from their means second by second; how many they are must be told. */
export function toBandSummary(
  band: BandSeries,
  sensors: number,
  metric: Metric,
  range: TimeRange,
): Summary | undefined {
  const tally = new Tally(metric, range)
  for (let index = band.indexAt(range.fromS); index < band.items.length; index += 1) {
    const second = band.items[index]
    if (!second || second.timestamp > range.toS) break
    const spread = second[metric]
    if (!spread) continue
    const { min, mean, max } = spread
    // Where a sensor is faulty, the mean is what can be said of that second.
    const [low, high] = [isPossible(metric, min) ? min : mean, isPossible(metric, max) ? max : mean]
    tally.add({ id: undefined, t: second.timestamp, low, mean, high })
  }
  return tally.summary(sensors)
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
