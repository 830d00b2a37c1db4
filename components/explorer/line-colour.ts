import type { ChartLine } from '../../lib/explorer/chart-picture.ts'
import { sensorColour } from '../charts/sensor-colour.ts'

/** A colour that follows from what a line is and not from when it came, so that it stays the same over refreshes. */
export function lineColour({ label, ordinal }: Pick<ChartLine, 'label' | 'ordinal'>): string {
  // Neighbours in this row of colours are far apart.
  if (ordinal !== undefined) return sensorColour(ordinal)
  if (/^\d{1,9}$/.test(label)) return sensorColour(Number(label))
  let hash = 2_166_136_261
  for (let index = 0; index < label.length; index += 1) {
    hash = Math.imul(hash ^ label.charCodeAt(index), 16_777_619) >>> 0
  }
  return sensorColour(hash % 10_007)
}
