import { firstIndex } from '../first-index.ts'

/** A point of a line; a value of null breaks it. */
export interface Point {
  /** In the unit of its chart: Unix seconds or milliseconds. */
  readonly t: number
  readonly v: number | null
}

/** A point that is not a break. */
export type Value = Point & { readonly v: number }

/** Where the first point at or after a time stands, among points in the order of their time. */
export function pointIndexAt(points: readonly Point[], t: number): number {
  return firstIndex(points.length, (index) => (points[index]?.t ?? 0) < t)
}

/** The value nearest to a time; undefined where the points beside that time are breaks, or there are none. */
export function nearestValue(points: readonly Point[], t: number): Value | undefined {
  const at = pointIndexAt(points, t)
  let nearest: Value | undefined
  // A break beside the time has a value behind it that may still be the nearest.
  for (const point of points.slice(Math.max(0, at - 2), at + 2)) {
    if (isValue(point) && (!nearest || Math.abs(point.t - t) < Math.abs(nearest.t - t))) nearest = point
  }
  return nearest
}

/** Whether a point is no break. */
export function isValue(point: Point): point is Value {
  return point.v !== null
}
