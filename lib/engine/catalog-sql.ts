import { timeSql } from './time-sql.ts'
import type { Version } from './version.ts'

/**
 * What a fresh database holds besides PostgreSQL's own: the schema `mz_engine` with what must survive a restart, and
 * `mz_catalog` with Materialize's functions and catalog relations in the shape of the era.
 *
 * `public` comes first on the search path, for new relations go where the path begins; `pg_catalog` last, so that
 * `mz_catalog` may hide what Materialize has otherwise.
 */
export const SEARCH_PATH = 'public, mz_temp, mz_catalog, pg_catalog'
/** Where temporary objects are: PGlite is one session, whose own temporary tables would be everybody's for ever. */
export const TEMPORARY = 'mz_temp'

export function bootstrapSql(era: Version['era']): string {
  return [
    ENGINE,
    `INSERT INTO mz_engine.state VALUES (NULL, '${era}', 0, 1, 0);`,
    timeSql(era),
    era === 'tail' ? TAIL_FUNCTIONS : SUBSCRIBE_FUNCTIONS,
    typeOf(era),
    ROWS,
    era === 'tail' ? TAIL_CATALOG : SUBSCRIBE_CATALOG,
  ].join('\n')
}

const ENGINE = `
CREATE SCHEMA mz_engine;
CREATE SCHEMA mz_catalog;
CREATE SCHEMA mz_internal;
CREATE SCHEMA mz_temp;
CREATE TABLE mz_engine.state (
  identity text, era text, last_timestamp numeric, next_id int8, schema_version int4);
CREATE TABLE mz_engine.objects (
  id text, number int8, oid oid, kind text, -- table, view, materialized-view, index
  schema text, name text, on_id text, columns text[]); -- of indexes alone
ALTER FUNCTION pg_catalog.pg_typeof("any") RENAME TO regtype_of;
CREATE FUNCTION mz_catalog.mz_version() RETURNS text LANGUAGE sql STABLE
  AS $$ SELECT current_setting('mz.version') $$;`

const TAIL_FUNCTIONS = `
CREATE FUNCTION mz_engine.average(float8[], int4) RETURNS float8[] LANGUAGE sql IMMUTABLE
  AS $$ SELECT pg_catalog.float8_accum($1, $2::float8) $$;
CREATE AGGREGATE mz_catalog.avg(int4) (
  SFUNC = mz_engine.average, STYPE = float8[], FINALFUNC = pg_catalog.float8_avg, INITCOND = '{0,0,0}');
CREATE FUNCTION mz_catalog.mz_uptime() RETURNS interval LANGUAGE sql STABLE
  AS $$ SELECT pg_catalog.clock_timestamp() - pg_catalog.pg_postmaster_start_time() $$;
CREATE FUNCTION mz_catalog.mz_cluster_id() RETURNS text LANGUAGE sql STABLE
  AS $$ SELECT identity FROM mz_engine.state $$;`

/** To Materialize the name of a type is a text, and a literal is one too. */
const typeOf = (era: Version['era']): string => `
CREATE FUNCTION mz_catalog.pg_typeof(anyelement) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT ${era === 'tail' ? `replace(pg_catalog.format_type(pg_catalog.regtype_of($1), NULL), 'mz_timestamp', 'numeric')` : `pg_catalog.format_type(pg_catalog.regtype_of($1), NULL)`} $$;
CREATE FUNCTION mz_catalog.pg_typeof(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'text'::text $$;`

const SUBSCRIBE_FUNCTIONS = `
CREATE FUNCTION mz_catalog.mz_uptime() RETURNS interval LANGUAGE sql STABLE
  AS $$ SELECT pg_catalog.clock_timestamp() - pg_catalog.pg_postmaster_start_time() $$;
CREATE FUNCTION mz_catalog.mz_environment_id() RETURNS text LANGUAGE sql STABLE
  AS $$ SELECT 'embedded-' || identity || '-0' FROM mz_engine.state $$;
CREATE FUNCTION mz_catalog.mz_version_num() RETURNS int4 LANGUAGE sql STABLE
  AS $$ SELECT current_setting('mz.version_num')::int4 $$;`

/** Every object and column of the user, in one form for both eras; the OIDs of indexes are ours. */
const ROWS = `
CREATE VIEW mz_engine.namespaces AS
  SELECT n.oid::int8 AS number, n.oid, n.nspname::text AS name,
    n.nspname NOT IN ('pg_catalog', 'information_schema', 'mz_catalog', 'mz_internal', 'mz_temp') AS own
  FROM pg_namespace n WHERE nspname NOT IN ('mz_engine', 'mz_temp', 'pg_toast') AND nspname NOT LIKE 'pg_%temp_%';
CREATE VIEW mz_engine.relations AS
  SELECT o.id, o.number, c.oid, n.oid::int8 AS schema, n.nspname::text AS schema_name, c.relname::text AS name,
    o.kind, o.on_id, CASE WHEN o.kind <> 'table' THEN pg_get_viewdef(c.oid) END AS definition
  FROM mz_engine.objects o JOIN pg_class c ON c.oid = o.oid JOIN pg_namespace n ON n.oid = c.relnamespace;
CREATE VIEW mz_engine.indexes AS
  SELECT o.id, o.number, (4000000000 + o.number)::oid AS oid, r.schema, o.name, 'index'::text AS kind, o.on_id, o.columns
  FROM mz_engine.objects o JOIN mz_engine.relations r ON r.id = o.on_id WHERE o.kind = 'index';
CREATE VIEW mz_engine.columns AS
  SELECT r.id, r.number, a.attname::text AS name, row_number() OVER (PARTITION BY r.id ORDER BY a.attnum) AS position,
    NOT a.attnotnull AS nullable, format_type(a.atttypid, NULL) AS type,
    CASE WHEN r.kind = 'table' THEN
      coalesce(regexp_replace(pg_get_expr(d.adbin, d.adrelid), '^(''.*'')::[a-z ]+$', '\\1'), 'NULL') END AS "default",
    a.atttypid AS type_oid, a.atttypmod AS type_mod
  FROM mz_engine.relations r JOIN pg_attribute a ON a.attrelid = r.oid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attnum > 0 AND NOT a.attisdropped;`

const TAIL_CATALOG = `
CREATE VIEW mz_catalog.mz_databases AS SELECT 1::int8 AS id, 20001::oid AS oid, 'materialize'::text AS name;
CREATE VIEW mz_catalog.mz_schemas AS
  SELECT number AS id, oid, CASE WHEN own THEN 1::int8 END AS database_id, name FROM mz_engine.namespaces;
CREATE VIEW mz_catalog.mz_tables AS
  SELECT id, oid, schema AS schema_id, name, NULL::text AS persisted_name FROM mz_engine.relations WHERE kind = 'table';
CREATE VIEW mz_catalog.mz_views AS
  SELECT id, oid, schema AS schema_id, name, 'volatile'::text AS volatility
  FROM mz_engine.relations WHERE kind <> 'table';
CREATE VIEW mz_catalog.mz_sources AS
  SELECT NULL::text AS id, NULL::oid AS oid, NULL::int8 AS schema_id, NULL::text AS name, NULL::text AS connector_type,
    NULL::text AS volatility, NULL::text AS persisted_name WHERE false;
CREATE VIEW mz_catalog.mz_sinks AS
  SELECT NULL::text AS id, NULL::oid AS oid, NULL::int8 AS schema_id, NULL::text AS name, NULL::text AS connector_type,
    NULL::text AS volatility, NULL::int8 AS cluster_id WHERE false;
CREATE VIEW mz_catalog.mz_indexes AS
  SELECT id, oid, name, on_id, 'volatile'::text AS volatility, true AS enabled, 1::int8 AS cluster_id
  FROM mz_engine.indexes;
CREATE VIEW mz_catalog.mz_index_columns AS
  SELECT i.id AS index_id, c.ordinality AS index_position, t.position AS on_position,
    CASE WHEN t.position IS NULL THEN c.name END AS on_expression, coalesce(t.nullable, true) AS nullable
  FROM mz_engine.indexes i CROSS JOIN unnest(i.columns) WITH ORDINALITY c(name, ordinality)
    LEFT JOIN mz_engine.columns t ON t.id = i.on_id AND t.name = c.name;
CREATE VIEW mz_catalog.mz_clusters AS SELECT 1::int8 AS id, 'default'::text AS name;
CREATE VIEW mz_catalog.mz_roles AS SELECT 1::int8 AS id, 20007::oid AS oid, 'materialize'::text AS name;
CREATE VIEW mz_catalog.mz_columns AS
  SELECT id, name, position, nullable, type, "default", type_oid FROM mz_engine.columns;
CREATE VIEW mz_catalog.mz_relations AS
  SELECT id, oid, schema AS schema_id, name, CASE kind WHEN 'table' THEN kind ELSE 'view' END AS type
  FROM mz_engine.relations;
CREATE VIEW mz_catalog.mz_objects AS
  SELECT * FROM mz_catalog.mz_relations
  UNION ALL SELECT id, oid, schema, name, kind FROM mz_engine.indexes;`

const OWNER = `'u1'::text AS owner_id, NULL::text[] AS privileges`
const CREATE_SQL = `NULL::text AS create_sql, NULL::text AS redacted_create_sql`

const SUBSCRIBE_CATALOG = `
CREATE VIEW mz_catalog.mz_databases AS
  SELECT 'u1'::text AS id, 20001::oid AS oid, 'materialize'::text AS name, ${OWNER};
CREATE VIEW mz_catalog.mz_schemas AS
  SELECT CASE WHEN own THEN 'u' ELSE 's' END || number AS id, oid, CASE WHEN own THEN 'u1' END AS database_id, name,
    ${OWNER} FROM mz_engine.namespaces;
CREATE VIEW mz_catalog.mz_tables AS
  SELECT id, oid, 'u' || schema AS schema_id, name, ${OWNER}, ${CREATE_SQL}, NULL::text AS source_id
  FROM mz_engine.relations WHERE kind = 'table';
CREATE VIEW mz_catalog.mz_views AS
  SELECT id, oid, 'u' || schema AS schema_id, name, definition, ${OWNER}, ${CREATE_SQL}
  FROM mz_engine.relations WHERE kind = 'view';
CREATE VIEW mz_catalog.mz_materialized_views AS
  SELECT id, oid, 'u' || schema AS schema_id, name, 'u1'::text AS cluster_id, definition, ${OWNER}, ${CREATE_SQL}
  FROM mz_engine.relations WHERE kind = 'materialized-view';
CREATE VIEW mz_catalog.mz_sources AS
  SELECT NULL::text AS id, NULL::oid AS oid, NULL::text AS schema_id, NULL::text AS name, NULL::text AS type,
    NULL::text AS connection_id, NULL::text AS size, NULL::text AS envelope_type, NULL::text AS key_format,
    NULL::text AS value_format, NULL::text AS cluster_id, ${OWNER}, ${CREATE_SQL} WHERE false;
CREATE VIEW mz_catalog.mz_sinks AS
  SELECT NULL::text AS id, NULL::oid AS oid, NULL::text AS schema_id, NULL::text AS name, NULL::text AS type,
    NULL::text AS connection_id, NULL::text AS size, NULL::text AS envelope_type, NULL::text AS format,
    NULL::text AS key_format, NULL::text AS value_format, NULL::text AS cluster_id, 'u1'::text AS owner_id,
    ${CREATE_SQL} WHERE false;
CREATE VIEW mz_catalog.mz_indexes AS
  SELECT id, oid, name, on_id, 'u1'::text AS cluster_id, 'u1'::text AS owner_id, ${CREATE_SQL} FROM mz_engine.indexes;
CREATE VIEW mz_catalog.mz_index_columns AS
  SELECT i.id AS index_id, c.ordinality AS index_position, t.position AS on_position,
    CASE WHEN t.position IS NULL THEN c.name END AS on_expression, coalesce(t.nullable, true) AS nullable
  FROM mz_engine.indexes i CROSS JOIN unnest(i.columns) WITH ORDINALITY c(name, ordinality)
    LEFT JOIN mz_engine.columns t ON t.id = i.on_id AND t.name = c.name;
CREATE VIEW mz_catalog.mz_clusters AS SELECT 'u1'::text AS id, 'quickstart'::text AS name, ${OWNER}, true AS managed;
CREATE VIEW mz_catalog.mz_roles AS
  SELECT 'u1'::text AS id, 20000::oid AS oid, 'materialize'::text AS name, true AS inherit;
CREATE VIEW mz_catalog.mz_columns AS
  SELECT id, name, position, nullable, type, "default", type_oid, type_mod FROM mz_engine.columns;
CREATE VIEW mz_catalog.mz_relations AS
  SELECT id, oid, 'u' || schema AS schema_id, name, kind AS type, 'u1'::text AS owner_id,
    CASE kind WHEN 'materialized-view' THEN 'u1' END AS cluster_id, NULL::text[] AS privileges
  FROM mz_engine.relations;
CREATE VIEW mz_catalog.mz_objects AS
  SELECT * FROM mz_catalog.mz_relations
  UNION ALL SELECT id, oid, 'u' || schema, name, kind, 'u1', 'u1', NULL FROM mz_engine.indexes;`
