import type { Run } from './session.ts'
import { type AgingTable, deleteOlderThan, measureTable } from './statements.ts'

const MAX_AGE_S = 900
const MAX_ROWS = 500_000
const MAX_ROUNDS = 8
/** Below the bound with some room, or the next look would find it passed again. */
const TARGET = 0.95
/** What else uses the database waits for one statement at a time. */
const ROWS_PER_DELETE = 10_000

/**
 * Deletes the rows of a table that are older than 15 minutes, whoever wrote them, and then the oldest ones until at
 * most 500,000 are left. Rows without a time, or stamped ahead of it, have no age and stay.
 */
export async function prune(
  run: Run,
  table: AgingTable,
  nowSeconds: number,
  { maxAgeSeconds = MAX_AGE_S, maxRows = MAX_ROWS } = {},
): Promise<void> {
  await run(deleteOlderThan(table, nowSeconds - maxAgeSeconds))
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const [row] = await run<{ n: string | number; oldest: number | null }>(measureTable(table))
    const count = Number(row?.n ?? 0)
    const oldestAge = nowSeconds - (row?.oldest ?? nowSeconds)
    if (count <= maxRows || oldestAge <= 0) return
    // As if rows came evenly; where they did not, another round corrects it.
    const surplus = count - TARGET * maxRows
    const statements = Math.ceil(surplus / ROWS_PER_DELETE)
    for (let nth = 1; nth <= statements; nth++) {
      const age = oldestAge * (1 - (surplus / count) * (nth / statements))
      await run(deleteOlderThan(table, nowSeconds - age))
    }
  }
}
