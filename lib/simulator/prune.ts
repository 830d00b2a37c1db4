import type { Run } from './session.ts'
import { type AgingTable, countRows, deleteOlderThan } from './statements.ts'

const MAX_AGE_S = 900
const MAX_ROWS = 500_000
const MAX_ROUNDS = 8
/** Below the bound with some room, or the next look would find it passed again. */
const TARGET = 0.95

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
  let keepSeconds = maxAgeSeconds
  for (let round = 0; round < MAX_ROUNDS; round++) {
    await run(deleteOlderThan(table, nowSeconds - keepSeconds))
    const [row] = await run<{ n: string | number }>(countRows(table))
    const count = Number(row?.n ?? 0)
    if (count <= maxRows) return
    // As if rows came evenly; where they did not, another round corrects it.
    keepSeconds *= (TARGET * maxRows) / count
  }
}
