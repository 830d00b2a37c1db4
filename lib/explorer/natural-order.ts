const collator = new Intl.Collator('en', { numeric: true })
const DIGITS = /^\d+$/
/** In the order of people: 2 before 10. Of two numbers the longer is the greater, which is soon told. */
function naturally(a: string, b: string): number {
  if (!DIGITS.test(a) || !DIGITS.test(b)) return collator.compare(a, b)
  if (a.length !== b.length) return a.length - b.length
  return a < b ? -1 : a > b ? 1 : 0
}

/** The first few in their natural order, without sorting them all. */
export function firstOf(keys: Iterable<string>, max: number): string[] {
  const first: string[] = []
  for (const key of keys) {
    const last = first.at(-1)
    if (first.length === max && last !== undefined && naturally(key, last) >= 0) continue
    const at = first.findIndex((other) => naturally(key, other) < 0)
    first.splice(at < 0 ? first.length : at, 0, key)
    if (first.length > max) first.pop()
  }
  return first
}
