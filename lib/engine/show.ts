import type { Version } from './version.ts'

export type ListKind =
  | 'tables'
  | 'views'
  | 'materialized views'
  | 'sources'
  | 'sinks'
  | 'objects'
  | 'types'
  | 'schemas'
  | 'databases'
  | 'columns'
  | 'indexes'
  | 'connections'
  | 'secrets'
  | 'subsources'
  | 'roles'
  | 'clusters'
  | 'cluster replicas'

/** A SHOW that lists what is in the catalog. */
export interface List {
  readonly kind: ListKind
  readonly era: Version['era']
  readonly extended: boolean
  readonly full: boolean
  /** `FROM name`: a schema, for columns and indexes a relation. */
  readonly within: readonly string[] | undefined
  /** Whether an index list is of a schema. */
  readonly ofSchema: boolean
  readonly like: string | undefined
  readonly where: string | undefined
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** The list as a SELECT over `mz_catalog`, sorted by its columns. */
export function listQuery(list: List): string {
  const { columns, from, order } = list.era === 'tail' ? tailList(list) : subscribeList(list)
  const conditions = [
    ...(list.like === undefined ? [] : [`name LIKE ${literal(list.like)}`]),
    ...(list.where === undefined ? [] : [`(${list.where})`]),
  ]
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : ''
  return `SELECT ${columns} FROM (${from}) AS list${where} ORDER BY ${order ?? columns}`
}

interface Source {
  readonly columns: string
  readonly from: string
  readonly order?: string
}

/** Objects of one schema; `extra` are columns beside the name. */
function inSchema(list: List, relation: string, extra: string, condition = 'true'): string {
  const schema = list.within?.at(-1) ?? 'public'
  const system = list.extended || list.within !== undefined ? 'true' : `o.id LIKE 'u%'`
  const place = list.extended && !list.within ? 'true' : `s.name = ${literal(schema)}`
  return `SELECT o.name, ${extra} FROM mz_catalog.${relation} o
    JOIN mz_catalog.mz_schemas s ON s.id = o.schema_id WHERE ${place} AND ${system} AND ${condition}`
}

const USER_OR_SYSTEM = `CASE WHEN o.id LIKE 'u%' THEN 'user' ELSE 'system' END AS type`
const INDEXED = 'EXISTS (SELECT FROM mz_catalog.mz_indexes i WHERE i.on_id = o.id)'

function tailList(list: List): Source {
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
          WHERE o.name = ${literal(list.within?.at(-1) ?? '')}`,
      }
    case 'databases':
      return { columns: 'name', from: 'SELECT name FROM mz_catalog.mz_databases' }
    default:
      return empty('name')
  }
}

function subscribeList(list: List): Source {
  switch (list.kind) {
    case 'tables':
      return { columns: 'name, comment', from: inSchema(list, 'mz_tables', COMMENT) }
    case 'views':
      return { columns: 'name, comment', from: inSchema(list, 'mz_views', COMMENT) }
    case 'materialized views':
      return {
        columns: 'name, cluster, comment',
        from: inSchema(list, 'mz_materialized_views', `${CLUSTER}, ${COMMENT}`),
      }
    case 'sources':
    case 'sinks':
      return {
        columns: 'name, type, cluster, comment',
        from: inSchema(list, `mz_${list.kind}`, `o.type, ${CLUSTER}, ${COMMENT}`),
      }
    case 'objects':
      return { columns: 'name, type, comment', from: inSchema(list, 'mz_objects', `o.type, ${COMMENT}`) }
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
        from: `SELECT *, ${COMMENT} FROM (${from}) AS c`,
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
          WHERE i.id LIKE 'u%' AND ${list.ofSchema ? 's' : 'o'}.name = ${list.within ? literal(list.within.at(-1) ?? '') : 'o.name'}`,
      }
    default:
      return list.kind satisfies never
  }
}

const COMMENT = `'' AS comment`
const CLUSTER = `'quickstart' AS cluster`

/** A list of what this engine has none of. */
const empty = (...columns: string[]): Source => ({
  columns: columns.join(', '),
  from: `SELECT ${columns.map((column) => `NULL::text AS ${column}`).join(', ')} WHERE false`,
})

/** Qualified names are taken at their last part where the catalog search path would find them. */
function columnsList(list: List): Required<Pick<Source, 'from' | 'order'>> {
  const name = list.within?.at(-1) ?? ''
  const schema = list.within?.at(-2)
  const within = schema === undefined ? 'true' : `s.name = ${literal(schema)}`
  return {
    from: `SELECT c.name, c.nullable, c.type, c.position FROM mz_engine.columns c
        JOIN mz_engine.relations r ON r.id = c.id JOIN mz_engine.namespaces s ON s.oid = r.schema
      WHERE r.name = ${literal(name)} AND ${within}
      UNION ALL SELECT a.attname, a.attname = ANY ('${NULLABLE}'), format_type(a.atttypid, NULL), a.attnum
      FROM pg_attribute a JOIN pg_class r ON r.oid = a.attrelid JOIN mz_engine.namespaces s ON s.oid = r.relnamespace
      WHERE r.relname = ${literal(name)} AND NOT s.own AND a.attnum > 0 AND ${within}`,
    order: 'position',
  }
}

/** Columns of the system's relations that may be null, of which PostgreSQL knows none. */
const NULLABLE =
  '{database_id,persisted_name,default,on_position,on_expression,variadic_id,ret_id,source_id,create_sql,redacted_create_sql}'
