import type { ClientBase, Pool } from 'pg'

/** Whatever a query can be sent through. */
type Connection = Pick<ClientBase, 'query'> | Pick<Pool, 'query'>

import type { Column } from '../protocol/events.ts'
import { RelationMissingError } from './errors.ts'
import { formatRelationName, type RelationName } from './relation-name.ts'

/** A relation as the catalog describes it. */
export interface Relation extends RelationName {
  /** Never used again: a relation that is dropped and made anew has another. */
  readonly id: string
  readonly database: string
  /** `table`, `view`, `materialized view` or `source`. */
  readonly kind: string
  readonly columns: readonly Column[]
}

interface CatalogRow {
  id: string
  database: string
  schema: string
  name: string
  kind: string
  column_name: string | null
  column_type: string | null
}

// Ids of what users made begin with u. The same text runs on every version since v0.25.
const RELATIONS = `
SELECT r.id, d.name AS database, s.name AS schema, r.name, r.type AS kind, c.name AS column_name, c.type AS column_type
FROM mz_catalog.mz_relations r
JOIN mz_catalog.mz_schemas s ON s.id = r.schema_id
JOIN mz_catalog.mz_databases d ON d.id = s.database_id
LEFT JOIN mz_catalog.mz_columns c ON c.id = r.id
WHERE r.id LIKE 'u%' AND d.name = $1`
const BY_NAME = ' AND s.name = $2 AND r.name = $3'
const ORDER = ' ORDER BY s.name, r.name, c.position'

/** The users' relations of a database, by schema and name. */
export async function listRelations(client: Connection, database: string): Promise<Relation[]> {
  const { rows } = await client.query<CatalogRow>(RELATIONS + ORDER, [database])
  return toRelations(rows)
}

/** One relation, spelled as in the catalog. Throws {@link RelationMissingError}. */
export async function findRelation(
  client: Connection,
  database: string,
  name: RelationName,
): Promise<Relation> {
  const { rows } = await client.query<CatalogRow>(RELATIONS + BY_NAME + ORDER, [
    database,
    name.schema,
    name.name,
  ])
  const relation = toRelations(rows)[0]
  if (!relation) throw new RelationMissingError(formatRelationName(name))
  return relation
}

function toRelations(rows: readonly CatalogRow[]): Relation[] {
  const relations = new Map<string, Relation & { columns: Column[] }>()
  for (const { id, database, schema, name, kind, column_name, column_type } of rows) {
    let relation = relations.get(id)
    if (!relation) {
      relation = { id, database, schema, name, kind: kind.replaceAll('-', ' '), columns: [] }
      relations.set(id, relation)
    }
    if (column_name !== null) relation.columns.push({ name: column_name, type: column_type ?? 'unknown' })
  }
  return [...relations.values()]
}
