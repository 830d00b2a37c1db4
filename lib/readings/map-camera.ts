import { type Bounds, EARTH_RADIUS_M, type Place } from './geo.ts'

/** What a map in Mercator's projection looks at. */
export interface Camera extends Place {
  /** Pixels for one radian at the equator, as d3-geo counts it. */
  readonly scale: number
}

export interface MapSize {
  readonly width: number
  readonly height: number
}

export interface Spot {
  readonly x: number
  readonly y: number
}

const RADIANS = Math.PI / 180
/** Mercator's map goes on for ever towards the poles; web maps end here. */
const MAX_LATITUDE = 85
/** A quarter of a metre for a pixel: nearer there is nothing to be seen. */
const MAX_SCALE = EARTH_RADIUS_M / 0.25
/** One sensor alone is shown with its surroundings of about so many metres. */
const MIN_SPAN_M = 3_000

const northing = (latitude: number): number =>
  Math.log(Math.tan(Math.PI / 4 + (clamp(latitude, -MAX_LATITUDE, MAX_LATITUDE) * RADIANS) / 2))

const latitudeOf = (y: number): number => (2 * Math.atan(Math.exp(y)) - Math.PI / 2) / RADIANS

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value))
}

/** A longitude within -180 and 180. */
export function wrapLongitude(longitude: number): number {
  return ((((longitude + 180) % 360) + 360) % 360) - 180
}

/** The whole world, as wide as the picture. */
export function worldCamera({ width }: MapSize): Camera {
  return { latitude: 20, longitude: 0, scale: width / (2 * Math.PI) }
}

/** Shows a box as large as it fits, with a margin in pixels around it. */
export function fitCamera(bounds: Bounds, size: MapSize, marginPx: number): Camera {
  const south = northing(bounds.south)
  const north = northing(bounds.north)
  const latitude = latitudeOf((south + north) / 2)
  const minSpan = MIN_SPAN_M / (EARTH_RADIUS_M * Math.cos(latitude * RADIANS))
  const width = Math.max((bounds.east - bounds.west) * RADIANS, minSpan)
  const height = Math.max(north - south, minSpan)
  const scale = Math.min(
    Math.max(1, size.width - 2 * marginPx) / width,
    Math.max(1, size.height - 2 * marginPx) / height,
  )
  const longitude = wrapLongitude((bounds.west + bounds.east) / 2)
  return limit({ latitude, longitude, scale }, size)
}

/** Where a place is in the picture, from its upper left. It may lie outside. */
export function toSpot(camera: Camera, { width, height }: MapSize, place: Place): Spot {
  return {
    x: width / 2 + camera.scale * wrapLongitude(place.longitude - camera.longitude) * RADIANS,
    y: height / 2 - camera.scale * (northing(place.latitude) - northing(camera.latitude)),
  }
}

/** Which place is at a spot of the picture. */
export function placeAt(camera: Camera, { width, height }: MapSize, { x, y }: Spot): Place {
  return {
    latitude: latitudeOf(northing(camera.latitude) - (y - height / 2) / camera.scale),
    longitude: wrapLongitude(camera.longitude + (x - width / 2) / camera.scale / RADIANS),
  }
}

/** Moves the picture by pixels: what was at a spot is then so far right of it and below it. */
export function pan(camera: Camera, size: MapSize, dx: number, dy: number): Camera {
  const { latitude, longitude } = placeAt(camera, size, { x: size.width / 2 - dx, y: size.height / 2 - dy })
  return limit({ ...camera, latitude, longitude }, size)
}

/** Enlarges by a factor; what is at the spot stays there. */
export function zoom(camera: Camera, size: MapSize, factor: number, spot?: Spot): Camera {
  const { x, y } = spot ?? { x: size.width / 2, y: size.height / 2 }
  const { scale } = limit({ ...camera, scale: camera.scale * factor }, size)
  const held = placeAt(camera, size, { x, y })
  const moved = { ...camera, scale }
  const now = toSpot(moved, size, held)
  return pan(moved, size, x - now.x, y - now.y)
}

function limit({ latitude, longitude, scale }: Camera, size: MapSize): Camera {
  return {
    latitude: clamp(latitude, -MAX_LATITUDE, MAX_LATITUDE),
    longitude: wrapLongitude(longitude),
    scale: clamp(scale, worldCamera(size).scale, MAX_SCALE),
  }
}

/** How many metres a pixel is wide in the middle of the picture. */
export function metresPerPixel({ latitude, scale }: Camera): number {
  return (EARTH_RADIUS_M * Math.cos(latitude * RADIANS)) / scale
}
