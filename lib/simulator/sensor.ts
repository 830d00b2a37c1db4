import type { Reading } from '../readings/reading.ts'
import { airAt } from './air.ts'
import { curve, hash, occurrencesAt, type Schedule } from './noise.ts'
import { siteOf } from './stuttgart.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const GAIN = 40
const OFFSET = 41
const COARSE_GAIN = 42
const FLICKER = 43
const SHOT = 44
const SILENCE = 50
const STUCK = 51
const SPIKE = 52

/** Off the Wi-Fi, or without power, for some minutes. */
const SILENCES: Schedule = { everyMs: HOUR_MS, chance: 0.05, minMs: 2 * MINUTE_MS, maxMs: 9 * MINUTE_MS }
/** Repeats its last values. */
const STUCKS: Schedule = { everyMs: 2 * HOUR_MS, chance: 0.02, minMs: 8 * MINUTE_MS, maxMs: 40 * MINUTE_MS }
/** Something sits in the laser's beam. */
const SPIKES: Schedule = { everyMs: 2 * HOUR_MS, chance: 0.006, minMs: 30 * SECOND_MS, maxMs: 3 * MINUTE_MS }

/** The highest values that an SDS011 can show, in µg/m³. */
const MAX_PM25 = 999.9
const MAX_PM10 = 1999.9

/**
 * What a sensor of the simulated network measures at a time, or undefined where it is silent. A pure function of its
 * arguments. The sensors are like the SDS011 of Sensor.Community's stations: cheap, in steps of 0.1 µg/m³, each with an
 * error of its own that drifts over days, and now and then stuck or absurdly high.
 */
export function readingAt(seed: number, sensor: number, timeMs: number): Reading | undefined {
  const own = Math.floor(hash(seed, sensor) * 2 ** 31)
  if (occurrencesAt(own, SILENCE, SILENCES, timeMs).length > 0) return undefined
  const site = siteOf(seed, sensor)
  const stuck = occurrencesAt(own, STUCK, STUCKS, timeMs)[0]
  const spiking = occurrencesAt(own, SPIKE, SPIKES, timeMs).length > 0
  const air = spiking ? { pm25: MAX_PM25, pm10: MAX_PM10 } : airAt(seed, site, stuck?.startMs ?? timeMs)
  const { gain, coarseGain, offset } = errorsAt(own, stuck?.startMs ?? timeMs)
  const pm25 = air.pm25 * gain + offset
  return {
    id: sensor,
    pm25: toStep(pm25, MAX_PM25),
    pm10: toStep(pm25 + (air.pm10 - air.pm25) * coarseGain, MAX_PM10),
    latitude: site.latitude,
    longitude: site.longitude,
    timestamp: timeMs / SECOND_MS,
  }
}

function errorsAt(own: number, timeMs: number) {
  const flicker = 0.045 * curve(own, FLICKER, timeMs / (7 * SECOND_MS))
  const shot = 0.025 * (hash(own, SHOT, timeMs) * 2 - 1)
  return {
    gain: Math.exp(0.12 * curve(own, GAIN, timeMs / (3 * DAY_MS)) + flicker + shot),
    coarseGain: Math.exp(0.15 * curve(own, COARSE_GAIN, timeMs / (4 * DAY_MS)) + 2 * flicker),
    offset: 0.7 * curve(own, OFFSET, timeMs / (2 * DAY_MS)),
  }
}

const toStep = (value: number, max: number): number =>
  Math.min(max, Math.max(0.1, Math.round(value * 10) / 10))
