import { quoteText, textArray } from './backend.ts'
import type { CatalogObject } from './catalog.ts'
import { notNullColumns } from './views/not-null.ts'
import type { Context } from './views/relation.ts'
import { parseSelect } from './views/syntax.ts'

/** Notes which columns of a view are never null, for the catalog. Within a transaction. */
export function keepNotNull({ backend }: Context, { id, oid }: Pick<CatalogObject, 'id' | 'oid'>): void {
  const [definition] = backend.query(`SELECT pg_get_viewdef(${oid}::oid)`)[0] ?? []
  const names = backend.query(
    `SELECT name FROM mz_engine.columns WHERE id = ${quoteText(id)} ORDER BY position`,
  )
  const found = notNullColumns(parseSelect(definition ?? ''), (schema, relation) => {
    const rows =
      backend.query(`SELECT c.name FROM mz_engine.columns c JOIN mz_engine.relations r ON r.id = c.id
      WHERE r.schema_name = ${quoteText(schema)} AND r.name = ${quoteText(relation)} AND NOT c.nullable`)
    return new Set(rows.map(([name]) => name ?? ''))
  })
  const kept = names.flatMap(([name], index) => (name != null && found[index] ? [name] : []))
  backend.query(
    `UPDATE mz_engine.objects SET not_null = ${quoteText(textArray(kept))} WHERE id = ${quoteText(id)}`,
  )
}
