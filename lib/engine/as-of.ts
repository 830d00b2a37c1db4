import type { Update } from './change.ts'
import type { Relation } from './views/relation.ts'
import { Consolidation } from './views/rows.ts'

/** What a relation held: what it holds now, without what came after. Within a transaction, at the current time. */
export function snapshotAsOf(relation: Relation, asOf: bigint): Update[] {
  const rows = new Consolidation()
  for (const { values, diff } of relation.snapshot()) rows.add(values, diff)
  for (const { changes } of relation.history.after(asOf)) {
    for (const { values, diff } of changes) rows.add(values, -diff)
  }
  return rows.changes(asOf)
}
