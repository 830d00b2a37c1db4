import type { Cluster } from '../../lib/readings/clusters.ts'
import type { MapPin } from './map-pins.ts'

/** On which side of its mark a name stands. */
export type NameSide = 'left' | 'right'

/** So many of the worst are named on the map. */
const NAMED = 3
/** The room that a name takes beside its mark. */
const WIDTH_PX = 72
const HALF_HEIGHT_PX = 14
/** The buttons in the upper right corner. */
const CONTROLS_WIDTH_PX = 48
const CONTROLS_HEIGHT_PX = 124

interface Box {
  readonly fromX: number
  readonly y: number
}

/** The worst sensors that stand alone, each with the side of it that has less on it. None lies over another one. */
export function toNames(
  clusters: readonly Cluster<MapPin>[],
  widthPx: number,
): ReadonlyMap<number, NameSide> {
  const alone = clusters.filter(({ pins }) => pins.length === 1 && (pins[0]?.rank ?? 0) > 0)
  const pm25 = ({ pins }: Cluster<MapPin>) => pins[0]?.sensor.last.pm25 ?? 0
  const worst = alone.sort((a, b) => pm25(b) - pm25(a)).slice(0, NAMED)
  const boxes: Box[] = []
  const names = new Map<number, NameSide>()
  for (const cluster of worst) {
    const side = sidesOf(cluster, clusters, widthPx).find((one) => isFree(boxOf(cluster, one), boxes))
    if (!side) continue
    boxes.push(boxOf(cluster, side))
    names.set(cluster.key, side)
  }
  return names
}

const boxOf = ({ x, y }: Cluster<MapPin>, side: NameSide): Box => ({
  fromX: side === 'left' ? x - WIDTH_PX : x,
  y,
})

const isFree = (box: Box, boxes: readonly Box[]) =>
  !boxes.some(
    ({ fromX, y }) => Math.abs(fromX - box.fromX) < WIDTH_PX && Math.abs(y - box.y) < HALF_HEIGHT_PX,
  )

/** The sides that have room, the better one first. */
function sidesOf(
  { key, x, y }: Cluster<MapPin>,
  clusters: readonly Cluster<MapPin>[],
  widthPx: number,
): readonly NameSide[] {
  const reach = x + WIDTH_PX + (y < CONTROLS_HEIGHT_PX ? CONTROLS_WIDTH_PX : 0)
  if (reach > widthPx) return ['left']
  if (x < WIDTH_PX) return ['right']
  let left = 0
  let right = 0
  for (const other of clusters) {
    if (other.key === key || Math.abs(other.y - y) > HALF_HEIGHT_PX || Math.abs(other.x - x) > WIDTH_PX)
      continue
    if (other.x < x) left += 1
    else right += 1
  }
  return left < right ? ['left', 'right'] : ['right', 'left']
}
