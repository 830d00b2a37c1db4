import type { Category } from './air-quality.ts'
import type { SensorNow, SensorState } from './overview.ts'

/** Which sensors a reader wants to see. An empty list or text asks for nothing. */
export interface SensorFilter {
  /** The beginning of an id. */
  readonly q: string
  readonly categories: readonly Category[]
  readonly states: readonly SensorState[]
}

/** Whether a sensor is wanted. A category is of the air now: a sensor that is not online has none. */
export function isWanted(
  { id, state, category }: Pick<SensorNow, 'id' | 'state' | 'category'>,
  { q, categories, states }: SensorFilter,
): boolean {
  const text = q.trim()
  if (text !== '' && !String(id).startsWith(text)) return false
  if (states.length > 0 && !states.includes(state)) return false
  if (categories.length === 0) return true
  return state === 'online' && category !== undefined && categories.includes(category)
}
