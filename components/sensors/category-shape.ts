import type { Category } from '../../lib/readings/air-quality.ts'
import type { SensorState } from '../../lib/readings/overview.ts'

/** Each category has a shape of its own, within a circle of radius 7 around 0,0: colours alone do not tell them apart. */
const SHAPES: Readonly<Record<Category, string>> = {
  good: 'M0-5.5A5.5 5.5 0 1 1 0 5.5A5.5 5.5 0 1 1 0-5.5Z',
  moderate: 'M-5-5H5V5H-5Z',
  sensitive: 'M0-6.4L6.4 5H-6.4Z',
  unhealthy: 'M0-7L7 0L0 7L-7 0Z',
  'very-unhealthy': 'M-3.4-6.2H3.4L6.8 0L3.4 6.2H-3.4L-6.8 0Z',
  hazardous: 'M-2.3-7H2.3V-2.3H7V2.3H2.3V7H-2.3V2.3H-7V-2.3H-2.3Z',
}

/** A ring: nothing is known of the air there. */
const UNKNOWN = 'M0-5A5 5 0 1 1 0 5A5 5 0 1 1 0-5Z'
/** A ring struck through: what is said there cannot be air. */
const FAULTY = `${UNKNOWN}M-3.5 3.5L3.5-3.5`

export interface Shape {
  readonly path: string
  readonly colour: string
  /** Drawn as a line and not as a surface. */
  readonly hollow: boolean
}

/** How a sensor is drawn, on the map and beside its name. */
export function shapeOf(category: Category | undefined, state: SensorState = 'online'): Shape {
  if (state === 'faulty') return { path: FAULTY, colour: 'var(--trouble)', hollow: true }
  if (state === 'silent' || !category) return { path: UNKNOWN, colour: 'var(--text-muted)', hollow: true }
  return { path: SHAPES[category], colour: `var(--category-${category})`, hollow: false }
}
