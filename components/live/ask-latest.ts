import { readRows } from '../../lib/browser/read-rows.ts'
import { askForRows } from '../../lib/browser/relations.ts'
import { MAX_FEW } from '../../lib/readings/crowd.ts'
import { type Reading, toReading } from '../../lib/readings/reading.ts'
import { WINDOW_S } from '../../lib/readings/window.ts'

/** How many sensors there are: each has one row in `sensors_latest`. */
export function countLatest(signal: AbortSignal): Promise<number | 'absent' | undefined> {
  return askForRows('sensors_latest', signal)
}

/** The last readings of sensors that have not been heard of for longer than all readings are kept. */
export async function readQuietLatest(signal: AbortSignal): Promise<readonly Reading[]> {
  const beforeS = Date.now() / 1000 - WINDOW_S
  const query = { timestamp: `lt.${beforeS}`, limit: String(MAX_FEW) }
  const rows = await readRows('sensors_latest', query, signal)
  return rows.map(toReading).filter((reading) => reading !== undefined)
}
