import type { Point } from '../../lib/charts/point.ts'

/** Where a point of a line is in a picture, in pixels. */
export interface PointPlace {
  readonly toX: (t: number) => number
  readonly toY: (v: number) => number
}

/** The path of a line, broken where a value is missing. In steps, a value holds until the next point. */
export function linePath(points: readonly Point[], { toX, toY }: PointPlace, isSteps = false): string {
  let path = ''
  let pen: 'M' | 'L' = 'M'
  for (const { t, v } of points) {
    if (v === null) {
      pen = 'M'
      continue
    }
    const [x, y] = [toX(t).toFixed(1), toY(v).toFixed(1)]
    path += pen === 'L' && isSteps ? `H${x}V${y}` : `${pen}${x},${y}`
    pen = 'L'
  }
  return path
}
