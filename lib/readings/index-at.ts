import { firstIndex } from '../first-index.ts'

interface Timed {
  readonly timestamp: number
}

/** Where the first item at or after a time stands, among items in the order of their time; their number where none does. */
export function indexAt(items: readonly Timed[], timestamp: number): number {
  return firstIndex(items.length, (index) => (items[index]?.timestamp ?? 0) < timestamp)
}
