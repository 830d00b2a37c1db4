import type { Update, Values } from '../change.ts'

/** A row's identity: all its values. PostgreSQL's text never contains a zero character. */
export function rowKey(values: Values): string {
  let key = ''
  for (const value of values) key += value === null ? 'N\0' : `S${value}\0`
  return key
}

/** Sums up diffs by row. */
export class Consolidation {
  readonly #rows = new Map<string, { values: Values; diff: number }>()

  add(values: Values, diff: number, key = rowKey(values)): void {
    const row = this.#rows.get(key)
    if (row) row.diff += diff
    else this.#rows.set(key, { values, diff })
  }

  get(key: string): number {
    return this.#rows.get(key)?.diff ?? 0
  }

  /** Rows whose sum is not zero. */
  *rows(): Generator<{ values: Values; diff: number }> {
    for (const row of this.#rows.values()) if (row.diff !== 0) yield row
  }

  changes(timestamp: bigint): Update[] {
    const changes: Update[] = []
    for (const { values, diff } of this.#rows.values())
      if (diff !== 0) changes.push({ progress: false, timestamp, diff, values })
    return changes
  }
}
