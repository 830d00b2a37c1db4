import type { Update } from './events.ts'
import type { RowJson } from './row.ts'

/** All updates of one closed timestamp, consolidated: no row twice, no diff of 0, retractions first. */
export interface Batch {
  readonly timestamp: bigint
  readonly updates: readonly Update<RowJson>[]
}

/** Adds up the diffs of equal rows, drops those that cancel, and puts retractions first. */
export function consolidate(updates: Iterable<Update<RowJson>>): Update<RowJson>[] {
  const diffs = new Map<RowJson, number>()
  for (const { row, diff } of updates) diffs.set(row, (diffs.get(row) ?? 0) + diff)
  const retractions: Update<RowJson>[] = []
  const insertions: Update<RowJson>[] = []
  for (const [row, diff] of diffs) {
    if (diff < 0) retractions.push({ diff, row })
    else if (diff > 0) insertions.push({ diff, row })
  }
  return retractions.concat(insertions)
}
