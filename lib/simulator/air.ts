import { curve, field, hash, occurrencesAt, type Schedule } from './noise.ts'
import { localTime, type Site } from './stuttgart.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

/** What the noise of each influence is told apart by. */
const WEATHER = 10
const DUST = 11
const MESO = 12
const EDDIES = 13
const EPISODE = 20
const PLUME = 30

/** Concentrations in µg/m³; PM10 holds PM2.5. */
export interface Air {
  readonly pm25: number
  readonly pm10: number
}

/** A source that comes, spreads over a part of the city and goes. */
interface Source extends Schedule {
  readonly channel: number
  readonly minPeak: number
  readonly maxPeak: number
  readonly minRadiusKm: number
  readonly maxRadiusKm: number
}

/** Hours of wood smoke on a cold evening, fog that traps what is emitted, dust from a building site. */
const EPISODES: Source = {
  channel: EPISODE,
  everyMs: 4 * HOUR_MS,
  chance: 0.5,
  minMs: 40 * MINUTE_MS,
  maxMs: 150 * MINUTE_MS,
  minPeak: 12,
  maxPeak: 60,
  minRadiusKm: 1.5,
  maxRadiusKm: 4,
}

/** Minutes of a bonfire, a lorry's engine, a barbecue. */
const PLUMES: Source = {
  channel: PLUME,
  everyMs: 8 * MINUTE_MS,
  chance: 0.6,
  minMs: 2 * MINUTE_MS,
  maxMs: 7 * MINUTE_MS,
  minPeak: 4,
  maxPeak: 22,
  minRadiusKm: 0.5,
  maxRadiusKm: 1.4,
}

/** How far from the centre sources appear. */
const CITY_RADIUS_KM = 7

/**
 * The air over Stuttgart, where the citizens' network luftdaten.info (now Sensor.Community) began: a city in a basin
 * that is poorly aired. A background drifts with the weather over hours and is higher in winter; traffic adds to it in
 * two rush hours of a working day, most by the big roads; nights and mornings hold the air at the bottom of the basin,
 * afternoons mix it. What is near is alike, and now and then a source adds its cloud.
 */
export function airAt(seed: number, site: Site, timeMs: number): Air {
  const { hour, workday, yearFraction } = localTime(timeMs)
  const season = 1 + 0.35 * Math.cos(2 * Math.PI * (yearFraction - 0.04))
  const weather = Math.exp(0.5 * curve(seed, WEATHER, timeMs / (9 * HOUR_MS)))
  const stillness = 0.5 + 0.5 * Math.cos((2 * Math.PI * (hour - 4)) / 24)
  const basin = 1 + 0.22 * site.basin * (0.35 + stillness)
  const traffic = site.traffic * rushHours(hour, workday)
  const meso = Math.exp(
    0.28 * field(seed, MESO, site.x / 3, site.y / 3, timeMs / (90 * MINUTE_MS)) +
      0.1 * field(seed, EDDIES, site.x / 1.2, site.y / 1.2, timeMs / (70 * SECOND_MS)),
  )
  const still = season * weather * basin * meso
  const smoke = sourcesAt(seed, EPISODES, site, timeMs)
  const plume = sourcesAt(seed, PLUMES, site, timeMs)
  const fine = still * (6 + 1.5 * stillness + 13 * traffic) + smoke.fine + plume.fine
  // Swirled up by traffic and wind rather than burnt: dry days have more of it.
  const dryness = Math.exp(0.4 * curve(seed, DUST, timeMs / (14 * HOUR_MS)))
  const coarse = dryness * basin * meso * (3.5 + 13 * traffic) + smoke.coarse + plume.coarse
  return { pm25: fine, pm10: fine + coarse }
}

/** Traffic by the hour, from 0 to about 1: two peaks, lower ones at weekends, little at night. */
function rushHours(hour: number, workday: boolean): number {
  const peak = (at: number, width: number) => Math.exp(-(((hour - at) / width) ** 2))
  const daytime = 0.3 * Math.exp(-(((hour - 13.5) / 5.5) ** 4))
  return workday ? daytime + 0.65 * peak(7.8, 1.5) + 0.55 * peak(17.6, 2.1) : daytime + 0.2 * peak(18.5, 3)
}

/** What the sources of one kind that are active add at a site. */
function sourcesAt(
  seed: number,
  source: Source,
  site: Site,
  timeMs: number,
): { fine: number; coarse: number } {
  let [fine, coarse] = [0, 0]
  for (const { key, startMs, durationMs } of occurrencesAt(seed, source.channel, source, timeMs)) {
    const chance = (index: number) => hash(seed, source.channel, key, 3 + index)
    const distance = CITY_RADIUS_KM * Math.sqrt(chance(0))
    const angle = 2 * Math.PI * chance(1)
    const radius = source.minRadiusKm + (source.maxRadiusKm - source.minRadiusKm) * chance(2)
    const dx = site.x - distance * Math.cos(angle)
    const dy = site.y - distance * Math.sin(angle)
    // Comes quickly and goes slowly: at its highest after a third of the time.
    const swell = Math.sin(Math.PI * ((timeMs - startMs) / durationMs) ** 0.63) ** 2
    const peak = source.minPeak + (source.maxPeak - source.minPeak) * chance(3) ** 2
    const here = peak * swell * Math.exp(-(dx * dx + dy * dy) / (2 * radius * radius))
    const dust = chance(4) ** 2
    fine += here * (1 - 0.7 * dust)
    coarse += here * (0.15 + 1.5 * dust)
  }
  return { fine, coarse }
}
