import type { Row } from './row.ts'

/** Rows, each as often as there are copies of it. */
export function* rowsOf(counted: Iterable<{ readonly row: Row; readonly count: number }>): Generator<Row> {
  for (const { row, count } of counted) for (let copy = 0; copy < count; copy += 1) yield row
}
