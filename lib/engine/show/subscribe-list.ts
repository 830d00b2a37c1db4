import { quoteText } from '../backend.ts'
import type { List } from './list.ts'
import { columnsList, empty, inSchema, type ListSource } from './list-source.ts'

const COMMENT = `'' AS comment`
/** What COMMENT ON said of it. */
const OWN_COMMENT = `coalesce(obj_description(o.oid, 'pg_class'), '') AS comment`
const CLUSTER = `'quickstart' AS cluster`

/** The lists of the later servers. */
export function subscribeList(list: List): ListSource {
  switch (list.kind) {
    case 'tables':
      return { columns: 'name, comment', from: inSchema(list, 'mz_tables', OWN_COMMENT) }
    case 'views':
      return { columns: 'name, comment', from: inSchema(list, 'mz_views', OWN_COMMENT) }
    case 'materialized views':
      return {
        columns: 'name, cluster, comment',
        from: inSchema(list, 'mz_materialized_views', `${CLUSTER}, ${OWN_COMMENT}`),
      }
    case 'sources':
    case 'sinks':
      return {
        columns: 'name, type, cluster, comment',
        from: inSchema(list, `mz_${list.kind}`, `o.type, ${CLUSTER}, ${COMMENT}`),
      }
    case 'objects':
      return { columns: 'name, type, comment', from: inSchema(list, 'mz_objects', `o.type, ${OWN_COMMENT}`) }
    case 'schemas':
      return { columns: 'name, comment', from: `SELECT name, ${COMMENT} FROM mz_catalog.mz_schemas` }
    case 'databases':
      return { columns: 'name, comment', from: `SELECT name, ${COMMENT} FROM mz_catalog.mz_databases` }
    case 'roles':
      return { columns: 'name, comment', from: `SELECT name, ${COMMENT} FROM mz_catalog.mz_roles` }
    case 'connections':
      return empty('name', 'type', 'comment')
    case 'secrets':
    case 'types':
      return empty('name', 'comment')
    case 'subsources':
      return empty('name', 'type')
    case 'clusters':
      return {
        columns: 'name, replicas, comment',
        from: `SELECT name, CASE WHEN replication_factor > 0 THEN 'r1 (' || size || ')' END AS replicas, ${COMMENT}
          FROM mz_catalog.mz_clusters`,
      }
    case 'cluster replicas':
      return {
        columns: 'cluster, replica, size, ready, comment',
        from: `SELECT name, name AS cluster, 'r1' AS replica, size, true AS ready, ${COMMENT}
          FROM mz_catalog.mz_clusters WHERE replication_factor > 0`,
      }
    case 'columns': {
      const { from, order } = columnsList(list)
      return {
        columns: 'name, nullable, type, comment',
        from: `SELECT c.*, coalesce(col_description(c.relation, c.position::int), '') AS comment FROM (${from}) AS c`,
        order,
      }
    }
    case 'indexes':
      return {
        columns: 'name, "on", cluster, key, comment',
        from: `SELECT i.name, o.name AS "on", ${CLUSTER}, ARRAY(
            SELECT coalesce(k.name, c.on_expression) FROM mz_catalog.mz_index_columns c
            LEFT JOIN mz_catalog.mz_columns k ON k.id = i.on_id AND k.position = c.on_position
            WHERE c.index_id = i.id ORDER BY c.index_position) AS key, ${COMMENT}
          FROM mz_catalog.mz_indexes i JOIN mz_catalog.mz_objects o ON o.id = i.on_id
          JOIN mz_catalog.mz_schemas s ON s.id = o.schema_id
          WHERE i.id LIKE 'u%' AND ${list.ofSchema ? 's' : 'o'}.name = ${list.within ? quoteText(list.within.at(-1) ?? '') : 'o.name'}`,
      }
    default:
      return list.kind satisfies never
  }
}
