import { CATEGORY_NAMES, type Category } from '../../lib/readings/air-quality.ts'
import { type Cluster, type Pin, toClusters } from '../../lib/readings/clusters.ts'
import { type Camera, type MapSize, toSpot } from '../../lib/readings/map-camera.ts'
import { shapeOf } from '../sensors/category-shape.ts'
import type { MapSensor } from './map-sensor.ts'

/** A sensor in the picture. */
export interface MapPin extends Pin {
  readonly sensor: MapSensor
  /** Higher is worse; 0 where nothing is known of the air. */
  readonly rank: number
}

const CATEGORIES = Object.keys(CATEGORY_NAMES) as Category[]
/** Marks of a few sensors only must not cover each other; many are counted together sooner. */
const FEW = 150
const FEW_RADIUS_PX = 15
const MANY_RADIUS_PX = 44
const EDGE_PX = 40

/**
 * What is drawn of the sensors: those in sight, joined where they would cover each other, the worst last. Sensors out
 * of sight are joined as well, so that clusters do not fall apart while the map is moved.
 */
export function toMarks(sensors: readonly MapSensor[], camera: Camera, size: MapSize): Cluster<MapPin>[] {
  const pins = sensors.map((sensor): MapPin => {
    const { category, state, id } = sensor
    const rank = state === 'online' && category ? CATEGORIES.indexOf(category) + 1 : 0
    return { id, ...toSpot(camera, size, sensor.place), sensor, rank }
  })
  const isInSight = ({ x, y }: { readonly x: number; readonly y: number }) =>
    x > -EDGE_PX && x < size.width + EDGE_PX && y > -EDGE_PX && y < size.height + EDGE_PX
  const radius = pins.filter(isInSight).length <= FEW ? FEW_RADIUS_PX : MANY_RADIUS_PX
  const rankOf = ({ pins: members }: Cluster<MapPin>) =>
    members.reduce((worst, { rank }) => Math.max(worst, rank), 0)
  return toClusters(pins, radius)
    .filter(isInSight)
    .map((cluster) => ({ cluster, rank: rankOf(cluster) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ cluster }) => cluster)
}

/** A cluster's size on the map, in pixels. */
export function radiusOf(count: number): number {
  return Math.min(20, 9 + 2 * Math.log2(count))
}

interface Part {
  readonly name: string
  readonly colour: string
  readonly from: number
  readonly share: number
}

/** How the sensors of a cluster are spread over the categories, as parts of a ring. */
export function toParts(pins: readonly MapPin[]): Part[] {
  const counts = new Map<string, { colour: string; count: number; rank: number }>()
  for (const { sensor, rank } of pins) {
    const { colour } = shapeOf(sensor.category, sensor.state)
    const part = counts.get(colour) ?? { colour, count: 0, rank }
    part.count += 1
    counts.set(colour, part)
  }
  let from = 0
  return [...counts.values()]
    .sort((a, b) => b.rank - a.rank)
    .map(({ colour, count }) => {
      const part = { name: colour, colour, from, share: count / pins.length }
      from += part.share
      return part
    })
}
