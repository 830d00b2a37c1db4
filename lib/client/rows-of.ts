import type { Fold } from '../protocol/fold.ts'
import type { Row } from '../protocol/row.ts'

/** The rows that a fold holds, each as often as there are copies of it. */
export function rowsOf(fold: Fold): Row[] {
  const rows: Row[] = []
  for (const { row, count } of fold.rows()) for (let copy = 0; copy < count; copy++) rows.push(row)
  return rows
}
