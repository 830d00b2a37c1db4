import { hash } from './noise.ts'

/** A place of the network. `traffic` of 0 to 1 tells how close the big roads are. */
interface District {
  readonly name: string
  readonly latitude: number
  readonly longitude: number
  readonly altitudeM: number
  readonly traffic: number
}

const district = (
  name: string,
  latitude: number,
  longitude: number,
  altitudeM: number,
  traffic: number,
): District => ({ name, latitude, longitude, altitudeM, traffic })

/** Stuttgart's 23 boroughs, and the Neckartor crossing, whose station has long been Germany's best known. */
const DISTRICTS: readonly District[] = [
  district('Mitte', 48.7758, 9.1829, 247, 0.7),
  district('Neckartor', 48.7883, 9.1911, 239, 1),
  district('Nord', 48.7925, 9.174, 290, 0.55),
  district('Ost', 48.784, 9.206, 270, 0.6),
  district('Süd', 48.764, 9.168, 290, 0.65),
  district('West', 48.773, 9.156, 290, 0.6),
  district('Bad Cannstatt', 48.805, 9.214, 220, 0.8),
  district('Feuerbach', 48.809, 9.156, 280, 0.75),
  district('Zuffenhausen', 48.832, 9.169, 270, 0.75),
  district('Weilimdorf', 48.815, 9.113, 330, 0.45),
  district('Botnang', 48.778, 9.127, 350, 0.15),
  district('Vaihingen', 48.729, 9.111, 430, 0.5),
  district('Möhringen', 48.728, 9.149, 420, 0.4),
  district('Degerloch', 48.748, 9.17, 460, 0.45),
  district('Sillenbuch', 48.744, 9.212, 420, 0.2),
  district('Plieningen', 48.701, 9.211, 370, 0.45),
  district('Birkach', 48.726, 9.201, 400, 0.1),
  district('Hedelfingen', 48.759, 9.25, 230, 0.65),
  district('Wangen', 48.772, 9.237, 225, 0.7),
  district('Untertürkheim', 48.783, 9.251, 225, 0.7),
  district('Obertürkheim', 48.763, 9.268, 230, 0.55),
  district('Münster', 48.82, 9.218, 220, 0.55),
  district('Mühlhausen', 48.842, 9.231, 225, 0.35),
  district('Stammheim', 48.849, 9.157, 315, 0.5),
]

const KM_PER_DEGREE = 111.32
const CENTRE = { latitude: 48.7758, longitude: 9.1829 }
const KM_PER_DEGREE_EAST = KM_PER_DEGREE * Math.cos((CENTRE.latitude * Math.PI) / 180)

/** How far a sensor of its district's first round, and of later rounds, may stand from the middle. */
const FIRST_RADIUS_KM = 0.25
const RADIUS_KM = 1.3
const CHANNEL_PLACE = 1

/** Where a sensor stands. `x` and `y` are kilometres east and north of the city's centre. */
export interface Site {
  readonly latitude: number
  readonly longitude: number
  readonly x: number
  readonly y: number
  readonly traffic: number
  /** From about -1 on the hills to 1 at the bottom of the basin, where cold air and what is in it stays. */
  readonly basin: number
}

/** Sensors go round the districts: the first 24 stand one in each, the others scattered around. */
export function siteOf(seed: number, sensor: number): Site {
  const { length } = DISTRICTS
  const home = DISTRICTS[(sensor - 1) % length] ?? (DISTRICTS[0] as District)
  const radius =
    (sensor <= length ? FIRST_RADIUS_KM : RADIUS_KM) * Math.sqrt(hash(seed, CHANNEL_PLACE, sensor, 0))
  const angle = 2 * Math.PI * hash(seed, CHANNEL_PLACE, sensor, 1)
  const latitude = round5(home.latitude + (radius * Math.sin(angle)) / KM_PER_DEGREE)
  const longitude = round5(home.longitude + (radius * Math.cos(angle)) / KM_PER_DEGREE_EAST)
  const x = (longitude - CENTRE.longitude) * KM_PER_DEGREE_EAST
  const y = (latitude - CENTRE.latitude) * KM_PER_DEGREE
  return { latitude, longitude, x, y, ...terrainAt(x, y) }
}

/** Blends the districts around, nearer ones more: next to each other, two sensors of two districts are alike. */
function terrainAt(x: number, y: number): { traffic: number; basin: number } {
  let [weights, traffic, basin] = [0, 0, 0]
  for (const place of DISTRICTS) {
    const dx = (place.longitude - CENTRE.longitude) * KM_PER_DEGREE_EAST - x
    const dy = (place.latitude - CENTRE.latitude) * KM_PER_DEGREE - y
    const weight = Math.exp(-(dx * dx + dy * dy) / 1.5)
    weights += weight
    traffic += weight * place.traffic
    basin += weight * ((340 - place.altitudeM) / 120)
  }
  return { traffic: traffic / weights, basin: basin / weights }
}

const round5 = (degrees: number): number => Math.round(degrees * 1e5) / 1e5

const HOUR_MS = 3_600_000

/** The hour of the day in Stuttgart, with fractions, and whether it is a working day there. */
export function localTime(timeMs: number): { hour: number; workday: boolean; yearFraction: number } {
  const local = new Date(timeMs + (isSummerTime(timeMs) ? 2 : 1) * HOUR_MS)
  const day = local.getUTCDay()
  return {
    hour: (local.getTime() % (24 * HOUR_MS)) / HOUR_MS,
    workday: day !== 0 && day !== 6,
    yearFraction: (local.getTime() - Date.UTC(local.getUTCFullYear(), 0, 1)) / (365.25 * 24 * HOUR_MS),
  }
}

/** Central European Summer Time: from the last Sunday of March to that of October, at 01:00 UTC. */
function isSummerTime(timeMs: number): boolean {
  const year = new Date(timeMs).getUTCFullYear()
  const lastSunday = (month: number) => {
    const last = new Date(Date.UTC(year, month + 1, 0, 1))
    return last.getTime() - last.getUTCDay() * 24 * HOUR_MS
  }
  return timeMs >= lastSunday(2) && timeMs < lastSunday(9)
}
