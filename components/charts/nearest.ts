import type { Point, SensorLine } from '../../lib/readings/line.ts'
import { type ChartFrame, toX, toY } from './chart-frame.ts'

/** A reading in a picture and the sensor it belongs to. */
export interface Marked {
  readonly id: number
  readonly t: number
  readonly v: number
}

/** A reading further from the wanted time than this many pixels is not it. */
const REACH_PX = 24

/** The reading of a line that is nearest to a time, if one is near. */
export function readingNear(frame: ChartFrame, line: SensorLine, t: number): Marked | undefined {
  const { points } = line
  let low = 0
  let high = points.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((points[middle]?.t ?? 0) < t) low = middle + 1
    else high = middle
  }
  let nearest: Marked | undefined
  for (const point of [points[low - 2], points[low - 1], points[low], points[low + 1]]) {
    if (isReading(point) && (!nearest || Math.abs(point.t - t) < Math.abs(nearest.t - t))) {
      nearest = { id: line.id, t: point.t, v: point.v }
    }
  }
  return nearest && Math.abs(toX(frame, nearest.t) - toX(frame, t)) <= REACH_PX ? nearest : undefined
}

/** Of all lines the reading nearest to a place in the picture. */
export function nearestLine(frame: ChartFrame, t: number, y: number): Marked | undefined {
  let nearest: Marked | undefined
  let distance = Number.POSITIVE_INFINITY
  for (const line of frame.lines) {
    const marked = readingNear(frame, line, t)
    const away = marked ? Math.abs(toY(frame, marked.v) - y) : distance
    if (away < distance) {
      nearest = marked
      distance = away
    }
  }
  return nearest
}

function isReading(point: Point | undefined): point is Point & { v: number } {
  return point !== undefined && point.v !== null
}
