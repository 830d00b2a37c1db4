/** A place on Earth in degrees. */
export interface Place {
  readonly latitude: number
  readonly longitude: number
}

/** A box of degrees. It may cross the date line: then `east` is above 180. */
export interface Bounds {
  readonly west: number
  readonly east: number
  readonly south: number
  readonly north: number
}

/** Mean radius in metres. */
export const EARTH_RADIUS_M = 6_371_008.8
const RADIANS = Math.PI / 180

/**
 * Where a sensor stands, or undefined where its coordinates are none: missing, not finite or out of range. Zero by
 * zero is what devices without a fix send; nobody measures the air in the middle of the Gulf of Guinea.
 */
export function toPlace(of: {
  readonly latitude: number | null
  readonly longitude: number | null
}): Place | undefined {
  const { latitude, longitude } = of
  if (latitude === null || longitude === null) return undefined
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return undefined
  return latitude === 0 && longitude === 0 ? undefined : { latitude, longitude }
}

/** The shortest way over the ground in metres. */
export function distanceM(a: Place, b: Place): number {
  const north = Math.sin(((b.latitude - a.latitude) * RADIANS) / 2)
  const east = Math.sin(((b.longitude - a.longitude) * RADIANS) / 2)
  const h = north * north + Math.cos(a.latitude * RADIANS) * Math.cos(b.latitude * RADIANS) * east * east
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** The smallest box around all places, over the date line where that is shorter; undefined without any. */
export function boundsOf(places: readonly Place[]): Bounds | undefined {
  if (places.length === 0) return undefined
  let south = 90
  let north = -90
  for (const { latitude } of places) {
    south = Math.min(south, latitude)
    north = Math.max(north, latitude)
  }
  const longitudes = places.map(({ longitude }) => longitude).sort((a, b) => a - b)
  // The box lies opposite to the widest stretch without a place.
  let west = longitudes[0] ?? 0
  let east = longitudes.at(-1) ?? 0
  let widest = west + 360 - east
  longitudes.forEach((longitude, index) => {
    const next = longitudes[index + 1]
    if (next === undefined || next - longitude <= widest) return
    widest = next - longitude
    west = next
    east = longitude + 360
  })
  return { west, east, south, north }
}
