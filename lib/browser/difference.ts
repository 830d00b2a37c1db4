import type { Update } from '../protocol/events.ts'
import type { FoldChange } from '../protocol/fold.ts'
import { type Row, rowKey } from '../protocol/row.ts'

/** Many changes as one: what a hidden tab has missed. Holds no more rows than there are. */
export class Difference {
  readonly #diffs = new Map<string, { row: Row; diff: number }>()
  #isReset = false

  /** `rows` is how many rows there are after the change. */
  add({ reset, updates }: FoldChange, rows: number): void {
    if (this.#isReset) return
    for (const { row, diff } of reset ? [] : updates) {
      const key = rowKey(row)
      const sum = (this.#diffs.get(key)?.diff ?? 0) + diff
      if (sum === 0) this.#diffs.delete(key)
      else this.#diffs.set(key, { row, diff: sum })
    }
    if (!reset && this.#diffs.size <= rows) return
    this.#isReset = true
    this.#diffs.clear()
  }

  /** Retractions first; undefined where all rows have to be sent: they are others, or fewer than the changes. */
  get updates(): Update[] | undefined {
    if (this.#isReset) return undefined
    const updates = [...this.#diffs.values()]
    return [...updates.filter(({ diff }) => diff < 0), ...updates.filter(({ diff }) => diff > 0)]
  }
}
