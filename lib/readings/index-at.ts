interface Timed {
  readonly timestamp: number
}

/** Where the first item at or after a time stands, among items in the order of their time; their number where none does. */
export function indexAt(items: readonly Timed[], timestamp: number): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((items[middle]?.timestamp ?? 0) < timestamp) low = middle + 1
    else high = middle
  }
  return low
}
