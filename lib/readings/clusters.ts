/** Something with a place in a picture, in pixels. */
export interface Pin {
  readonly id: number
  readonly x: number
  readonly y: number
}

/** Pins that would lie on each other, as one. */
export interface Cluster<P extends Pin> {
  /** The id of the first pin: it stays the same while the picture is moved. */
  readonly key: number
  /** The middle of the pins. */
  readonly x: number
  readonly y: number
  readonly pins: readonly P[]
}

interface Open<P extends Pin> {
  readonly anchor: P
  readonly pins: P[]
}

/**
 * Joins pins that are nearer than `radiusPx` to the first one of their cluster. The first pins of two clusters are
 * never nearer than that, so there are only as many clusters as the picture has room for. The order of the pins
 * decides, not the picture's position: a map that is moved keeps its clusters.
 */
export function toClusters<P extends Pin>(pins: readonly P[], radiusPx: number): Cluster<P>[] {
  const cells = new Map<string, Open<P>[]>()
  const all: Open<P>[] = []
  for (const pin of pins) {
    const column = Math.floor(pin.x / radiusPx)
    const row = Math.floor(pin.y / radiusPx)
    const near = nearest(cells, column, row, pin, radiusPx)
    if (near) {
      near.pins.push(pin)
      continue
    }
    const cluster = { anchor: pin, pins: [pin] }
    all.push(cluster)
    const key = `${column},${row}`
    cells.get(key)?.push(cluster) ?? cells.set(key, [cluster])
  }
  return all.map(({ anchor, pins: members }) => ({
    key: anchor.id,
    x: members.reduce((sum, { x }) => sum + x, 0) / members.length,
    y: members.reduce((sum, { y }) => sum + y, 0) / members.length,
    pins: members,
  }))
}

function nearest<P extends Pin>(
  cells: ReadonlyMap<string, readonly Open<P>[]>,
  column: number,
  row: number,
  pin: Pin,
  radiusPx: number,
): Open<P> | undefined {
  let best: Open<P> | undefined
  let bestPx = radiusPx
  for (let dx = -1; dx <= 1; dx += 1) {
    for (let dy = -1; dy <= 1; dy += 1) {
      for (const cluster of cells.get(`${column + dx},${row + dy}`) ?? []) {
        const px = Math.hypot(cluster.anchor.x - pin.x, cluster.anchor.y - pin.y)
        if (px < bestPx) {
          best = cluster
          bestPx = px
        }
      }
    }
  }
  return best
}
