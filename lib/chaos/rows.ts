import { createHash } from 'node:crypto'

/** A row for comparison: each column's value as text, whoever told of it. */
export type TextRow = Readonly<Record<string, string | null>>

const LONG = 40

/** Equal for equal rows, short, and still readable when it is printed. */
export function keyOf(row: TextRow): string {
  const values = Object.entries(row).map(([name, value]) => `${name}=${short(value)}`)
  return values.join(' ')
}

function short(value: string | null): string | null {
  if (value === null || value.length <= LONG) return value
  return `#${createHash('sha1').update(value).digest('hex').slice(0, 12)}`
}

/** How many copies of each row there are, by {@link keyOf}. */
export type Rows = ReadonlyMap<string, number>

/** Tells what one has and the other has not; undefined where they are equal. */
export function differenceOf(found: Rows, expected: Rows): string | undefined {
  const differences: string[] = []
  for (const key of new Set([...found.keys(), ...expected.keys()])) {
    const [has, should] = [found.get(key) ?? 0, expected.get(key) ?? 0]
    if (has !== should) differences.push(`${has} instead of ${should} of (${key})`)
  }
  return differences.length === 0
    ? undefined
    : `${differences.length} rows differ: ${differences.slice(0, 4).join('; ')}`
}
