import { toValueScale, type ValueScale } from '../../lib/charts/value-scale.ts'

/** A line at the very top could not be told from one that is cut off there. */
const HEADROOM = 1.02
/** Air cleaner than this fills no more of the chart: it would look as restless as bad air. In µg/m³. */
const LEAST_TOP = 1

export type ValueAxis = ValueScale

/** The scale of concentrations from 0 to a round number above `highest`; the one before is kept while it fits. */
export function toValueAxis(highest: number, before?: ValueAxis): ValueAxis {
  return toValueScale(0, Math.max(LEAST_TOP, highest * HEADROOM), before)
}
