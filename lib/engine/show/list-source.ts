import { quoteText } from '../backend.ts'
import type { List } from './list.ts'

/** The columns that a list shows, the SELECT that has them, and what it is sorted by if not by these. */
export interface ListSource {
  readonly columns: string
  readonly from: string
  readonly order?: string
}

/** Objects of one schema; `extra` are columns beside the name. */
export function inSchema(list: List, relation: string, extra: string, condition = 'true'): string {
  const schema = list.within?.at(-1) ?? 'public'
  const system = list.extended || list.within !== undefined ? 'true' : `o.id LIKE 'u%'`
  const place = list.extended && !list.within ? 'true' : `s.name = ${quoteText(schema)}`
  return `SELECT o.name, ${extra} FROM mz_catalog.${relation} o
    JOIN mz_catalog.mz_schemas s ON s.id = o.schema_id WHERE ${place} AND ${system} AND ${condition}`
}

/** A list of what this engine has none of. */
export const empty = (...columns: string[]): ListSource => ({
  columns: columns.join(', '),
  from: `SELECT ${columns.map((column) => `NULL::text AS ${column}`).join(', ')} WHERE false`,
})

/** Qualified names are taken at their last part where the catalog search path would find them. */
export function columnsList(list: List): Required<Pick<ListSource, 'from' | 'order'>> {
  const name = list.within?.at(-1) ?? ''
  const schema = list.within?.at(-2)
  const within = schema === undefined ? 'true' : `s.name = ${quoteText(schema)}`
  return {
    from: `SELECT c.name, c.nullable, c.type, c.position, r.oid AS relation FROM mz_engine.columns c
        JOIN mz_engine.relations r ON r.id = c.id JOIN mz_engine.namespaces s ON s.oid = r.schema
      WHERE r.name = ${quoteText(name)} AND ${within}
      UNION ALL SELECT a.attname, a.attname = ANY ('${NULLABLE}'), format_type(a.atttypid, NULL), a.attnum, r.oid
      FROM pg_attribute a JOIN pg_class r ON r.oid = a.attrelid JOIN mz_engine.namespaces s ON s.oid = r.relnamespace
      WHERE r.relname = ${quoteText(name)} AND NOT s.own AND a.attnum > 0 AND ${within}`,
    order: 'position',
  }
}

/** Columns of the system's relations that may be null, of which PostgreSQL knows none. */
const NULLABLE =
  '{database_id,persisted_name,default,on_position,on_expression,variadic_id,ret_id,source_id,create_sql,redacted_create_sql}'
