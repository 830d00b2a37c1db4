import { nearestValue } from '../../lib/charts/point.ts'
import type { SensorLine } from '../../lib/readings/line.ts'
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
  const nearest = nearestValue(line.points, t)
  const isNear = nearest && Math.abs(toX(frame, nearest.t) - toX(frame, t)) <= REACH_PX
  return isNear ? { id: line.id, t: nearest.t, v: nearest.v } : undefined
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
