import type { ChartLine } from '../../lib/explorer/chart-picture.ts'
import { colourAt, sensorColour } from '../charts/sensor-colour.ts'

/**
 * A colour that follows from what a line is and not from when it came, so that it stays the same over refreshes: where
 * they are few, by their order, and far apart also for eyes that do not tell red from green.
 */
export function lineColour({ label, place, rank }: Pick<ChartLine, 'label' | 'place' | 'rank'>): string {
  if (rank !== undefined) return `var(--line-${rank + 1})`
  if (place !== undefined) return colourAt(place)
  if (/^\d{1,9}$/.test(label)) return sensorColour(Number(label))
  let hash = 2_166_136_261
  for (let index = 0; index < label.length; index += 1) {
    hash = Math.imul(hash ^ label.charCodeAt(index), 16_777_619) >>> 0
  }
  return sensorColour(hash % 10_007)
}
