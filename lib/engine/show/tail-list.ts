import { quoteText } from '../backend.ts'
import type { List } from './list.ts'
import { columnsList, empty, inSchema, type ListSource } from './list-source.ts'

const USER_OR_SYSTEM = `CASE WHEN o.id LIKE 'u%' THEN 'user' ELSE 'system' END AS type`
const INDEXED = 'EXISTS (SELECT FROM mz_catalog.mz_indexes i WHERE i.on_id = o.id)'

/** The lists of the older servers, which tell more where they are asked for FULL. */
export function tailList(list: List): ListSource {
  const full = (columns: string): string => (list.full ? columns : 'name')
  switch (list.kind) {
    case 'tables':
      return { columns: full('name, type'), from: inSchema(list, 'mz_tables', USER_OR_SYSTEM) }
    case 'views':
      return {
        columns: full('name, type, materialized, volatility'),
        from: inSchema(list, 'mz_views', `${USER_OR_SYSTEM}, ${INDEXED} AS materialized, o.volatility`),
      }
    case 'materialized views':
      return {
        columns: full('name, type, volatility'),
        from: inSchema(list, 'mz_views', `${USER_OR_SYSTEM}, o.volatility`, INDEXED),
      }
    case 'sources':
      return {
        columns: full('name, type, materialized, volatility, connector_type'),
        from: inSchema(
          list,
          'mz_sources',
          `${USER_OR_SYSTEM}, ${INDEXED} AS materialized, o.volatility, o.connector_type`,
        ),
      }
    case 'objects':
      return {
        columns: full('name, type'),
        from: inSchema(list, 'mz_objects', USER_OR_SYSTEM, list.within ? `o.type <> 'function'` : 'true'),
      }
    case 'schemas':
      return {
        columns: full('name, type'),
        from: `SELECT name, CASE WHEN database_id IS NULL THEN 'system' ELSE 'user' END AS type
          FROM mz_catalog.mz_schemas WHERE database_id IS NOT NULL OR ${list.extended}`,
      }
    case 'columns':
      return { ...columnsList(list), columns: 'name, nullable, type' }
    case 'indexes':
      return {
        columns: 'cluster, on_name, key_name, seq_in_index, column_name, expression, nullable, enabled',
        from: `SELECT 'default' AS cluster, o.name AS on_name, i.name AS key_name, c.index_position AS seq_in_index,
            k.name AS column_name, c.on_expression AS expression, c.nullable, i.enabled, i.name
          FROM mz_catalog.mz_indexes i
          JOIN mz_catalog.mz_objects o ON o.id = i.on_id
          JOIN mz_catalog.mz_index_columns c ON c.index_id = i.id
          LEFT JOIN mz_catalog.mz_columns k ON k.id = i.on_id AND k.position = c.on_position
          WHERE o.name = ${quoteText(list.within?.at(-1) ?? '')}`,
      }
    case 'databases':
      return { columns: 'name', from: 'SELECT name FROM mz_catalog.mz_databases' }
    default:
      return empty('name')
  }
}
