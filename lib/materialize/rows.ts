import { escapeIdentifier, type Pool } from 'pg'
import type { Relation } from './catalog.ts'

/** The relation's name for SQL text, from the catalog's spelling. */
export function quoteRelation({ database, schema, name }: Relation): string {
  return [database, schema, name].map(escapeIdentifier).join('.')
}

/** How many rows a relation has; null where the database cannot tell in time, or at all. */
export async function countRows(pool: Pool, relation: Relation): Promise<number | null> {
  try {
    const { rows } = await pool.query<{ rows: string }>(
      `SELECT count(*) AS rows FROM ${quoteRelation(relation)}`,
    )
    return Number(rows[0]?.rows)
  } catch {
    // A source that is not materialized can be watched, yet not be counted; so may a view that fails on a bad row.
    return null
  }
}
