import { quantile } from '../quantile.ts'
import { CATEGORY_NAMES, type Category, categoryOf, type Metric } from './air-quality.ts'
import type { Delay } from './delay.ts'
import { isFaulty } from './faults.ts'
import type { Reading } from './reading.ts'

/*
 * The shape of what is said about all sensors in one moment, however many there are and whichever relations they are
 * read from:
 *
 *     Overview ── sensors: SensorNow[]      id, last reading with its place, age, state, category
 *              ├─ online, silent, faulty    how many are in each state; together they are all sensors
 *              ├─ unsure                    how many of those online may be silent
 *              ├─ perSecond, delay          how much comes, and how late
 *              ├─ figures.pm25, .pm10       mean, highest and 95th percentile of those online, with their category
 *              ├─ byCategory                how many of those online are in each category of PM2.5
 *              └─ worst                     the sensor online with the highest PM2.5
 */

/**
 * `online`: reports, and what it says can be air. `faulty`: reports what cannot be (see `isFaulty`). `silent`: has not
 * reported for five of its own intervals, and at least 10 seconds.
 */
export type SensorState = 'online' | 'silent' | 'faulty'

/** What is known of a sensor without its history. */
export interface SensorLast {
  readonly id: number
  readonly last: Reading | undefined
  /** Without a reading for longer than this it is silent. */
  readonly silentAfterS: number
  /** False as long as nobody has seen how often it reports: then it may be silent well before `silentAfterS`. */
  readonly isRhythmKnown: boolean
  /** For how long its readings have all been the same; 0 where the last differs from the one before. */
  readonly unchangedS: number
}

/** A sensor as it stands at one moment. */
export interface SensorNow {
  readonly id: number
  readonly last: Reading
  readonly ageS: number
  readonly state: SensorState
  /** Called online, but others would long have reported, and nobody knows yet how often this one does. */
  readonly isUnsure: boolean
  /** By PM2.5. Undefined where the last reading has none, or the sensor is faulty. */
  readonly category: Category | undefined
}

/** A concentration in µg/m³ and what it is called. */
export interface Figure {
  readonly value: number
  readonly category: Category
}

/** Over the last readings of the sensors that are online. Undefined where there is none. */
export interface Figures {
  readonly mean: Figure | undefined
  readonly max: Figure | undefined
  readonly p95: Figure | undefined
}

export interface Overview {
  /** Ordered by id. */
  readonly sensors: readonly SensorNow[]
  readonly online: number
  readonly silent: number
  readonly faulty: number
  /** How many of those online may be silent: see `isUnsure`. */
  readonly unsure: number
  /** Readings per second over the last 10 seconds. */
  readonly perSecond: number
  readonly figures: Readonly<Record<Metric, Figures>>
  /** How many of the sensors online are in each category. */
  readonly byCategory: Readonly<Record<Category, number>>
  /** From reading to screen, over the last minute. Undefined where nothing has come. */
  readonly delay: Delay | undefined
  /** The sensor that is online and has the highest PM2.5. */
  readonly worst: SensorNow | undefined
}

export interface OverviewInput {
  /** Ordered by id. */
  readonly sensors: readonly SensorLast[]
  readonly perSecond: number
  readonly delay: Delay | undefined
}

/**
 * All that is said about the sensors in one moment, given in Unix seconds by the server's clock. Who is silent is
 * judged at `asOfS`, the time that the rows are exact at: when the stream breaks, the sensors have not fallen silent.
 */
export function toOverview(input: OverviewInput, nowS: number, asOfS = nowS): Overview {
  const sensors: SensorNow[] = []
  const count = { online: 0, silent: 0, faulty: 0, unsure: 0 }
  const byCategory = noneOfEach()
  const values: Record<Metric, number[]> = { pm25: [], pm10: [] }
  const unsureAfterS = usualSilenceS(input.sensors)
  let worst: SensorNow | undefined
  for (const one of input.sensors) {
    if (!one.last) continue
    const sensor = toSensorNow(one, one.last, nowS, asOfS, unsureAfterS)
    sensors.push(sensor)
    count[sensor.state] += 1
    if (sensor.state !== 'online') continue
    if (sensor.isUnsure) count.unsure += 1
    const { last, category } = sensor
    if (category) byCategory[category] += 1
    if (last.pm10 !== null) values.pm10.push(last.pm10)
    if (last.pm25 === null) continue
    values.pm25.push(last.pm25)
    if (last.pm25 > (worst?.last.pm25 ?? Number.NEGATIVE_INFINITY)) worst = sensor
  }
  const figures = { pm25: toFigures('pm25', values.pm25), pm10: toFigures('pm10', values.pm10) }
  return { sensors, ...count, perSecond: input.perSecond, figures, byCategory, delay: input.delay, worst }
}

/** After what time most sensors are called silent; undefined as long as less than half of them have shown their rhythm. */
function usualSilenceS(sensors: readonly SensorLast[]): number | undefined {
  let known = 0
  let sumS = 0
  for (const { isRhythmKnown, silentAfterS } of sensors) {
    if (!isRhythmKnown) continue
    known += 1
    sumS += silentAfterS
  }
  return known * 2 > sensors.length ? sumS / known : undefined
}

function toSensorNow(
  one: SensorLast,
  last: Reading,
  nowS: number,
  asOfS: number,
  unsureAfterS = Number.POSITIVE_INFINITY,
): SensorNow {
  const state = stateOf(one, last, asOfS)
  return {
    id: one.id,
    last,
    ageS: Math.max(0, nowS - last.timestamp),
    state,
    isUnsure: state === 'online' && !one.isRhythmKnown && asOfS - last.timestamp > unsureAfterS,
    category: state === 'faulty' || last.pm25 === null ? undefined : categoryOf('pm25', last.pm25),
  }
}

function stateOf({ silentAfterS, unchangedS }: SensorLast, last: Reading, asOfS: number): SensorState {
  if (asOfS - last.timestamp > silentAfterS) return 'silent'
  return isFaulty(last, unchangedS) ? 'faulty' : 'online'
}

function toFigures(metric: Metric, values: readonly number[]): Figures {
  if (values.length === 0) return { mean: undefined, max: undefined, p95: undefined }
  const sorted = Float64Array.from(values).sort()
  const figure = (value: number | undefined): Figure | undefined =>
    value === undefined ? undefined : { value, category: categoryOf(metric, value) }
  let sum = 0
  for (const value of sorted) sum += value
  return {
    mean: figure(sum / sorted.length),
    max: figure(sorted.at(-1)),
    p95: figure(quantile(sorted, 0.95)),
  }
}

function noneOfEach(): Record<Category, number> {
  return Object.fromEntries(Object.keys(CATEGORY_NAMES).map((name) => [name, 0])) as Record<Category, number>
}
