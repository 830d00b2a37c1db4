import { runningSql } from './running-sql.ts'
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
    runningSql(era),
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
  schema text, name text, on_id text, columns text[], -- of indexes alone
  body text, -- what follows the name in its CREATE, as print/print.ts has it
  not_null text[]); -- of views
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
  AS $$ SELECT 'docker-container-' || identity || '-0' FROM mz_engine.state $$;
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
    o.kind, o.on_id, o.not_null,
    coalesce(o.body, CASE WHEN o.kind <> 'table' THEN 'AS ' || rtrim(pg_get_viewdef(c.oid), ';') END) AS body
  FROM mz_engine.objects o JOIN pg_class c ON c.oid = o.oid JOIN pg_namespace n ON n.oid = c.relnamespace;
CREATE VIEW mz_engine.indexes AS
  SELECT o.id, o.number, (4000000000 + o.number)::oid AS oid, r.schema, r.schema_name, o.name, 'index'::text AS kind,
    o.on_id, o.columns, o.body
  FROM mz_engine.objects o JOIN mz_engine.relations r ON r.id = o.on_id WHERE o.kind = 'index';
CREATE VIEW mz_engine.columns AS
  SELECT r.id, r.number, a.attname::text AS name, row_number() OVER (PARTITION BY r.id ORDER BY a.attnum) AS position,
    NOT (a.attnotnull OR coalesce(a.attname = ANY (r.not_null), false)) AS nullable, format_type(a.atttypid, NULL) AS type,
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
CREATE VIEW mz_catalog.mz_roles AS
  SELECT * FROM (VALUES (-1::int8, 20008::oid, 'mz_system'::text), (1, 20007, 'materialize')) AS r (id, oid, name);
CREATE VIEW mz_catalog.mz_types AS
  SELECT 's' || t.oid AS id, t.oid, n.number AS schema_id, t.typname::text AS name
  FROM pg_type t JOIN mz_engine.namespaces n ON n.oid = t.typnamespace WHERE t.typtype IN ('b', 'p');
CREATE VIEW mz_catalog.mz_functions AS
  SELECT 's' || p.oid AS id, p.oid, n.number AS schema_id, p.proname::text AS name,
    ARRAY(SELECT 's' || a FROM unnest(p.proargtypes) a) AS arg_ids,
    CASE WHEN p.provariadic <> 0 THEN 's' || p.provariadic END AS variadic_id, 's' || p.prorettype AS ret_id,
    p.proretset AS ret_set
  FROM pg_proc p JOIN mz_engine.namespaces n ON n.oid = p.pronamespace;
CREATE VIEW mz_catalog.mz_view_keys AS
  SELECT NULL::text AS global_id, NULL::int8 AS "column", NULL::int8 AS key_group WHERE false;
CREATE VIEW mz_catalog.mz_view_foreign_keys AS
  SELECT NULL::text AS child_id, NULL::int8 AS child_column, NULL::text AS parent_id, NULL::int8 AS parent_column,
    NULL::int8 AS key_group WHERE false;
CREATE VIEW mz_catalog.mz_columns AS
  SELECT id, name, position, nullable, type, "default", type_oid FROM mz_engine.columns;
CREATE VIEW mz_catalog.mz_relations AS
  SELECT id, oid, schema AS schema_id, name, CASE kind WHEN 'table' THEN kind ELSE 'view' END AS type
  FROM mz_engine.relations;
CREATE VIEW mz_catalog.mz_objects AS
  SELECT * FROM mz_catalog.mz_relations
  UNION ALL SELECT id, oid, schema, name, kind FROM mz_engine.indexes;`

const OTHER_NUMBERS = ['int2', 'int4', 'int8', 'numeric']

/** Types whose columns are told under OIDs of Materialize's own; see columns.ts. */
const ownType = (name: string, like: 'int4' | 'int8' | 'text'): string => `
CREATE TYPE mz_catalog."${name}";
CREATE FUNCTION mz_engine."${name} in"(cstring) RETURNS mz_catalog."${name}"
  LANGUAGE internal IMMUTABLE STRICT AS '${like}in';
CREATE FUNCTION mz_engine."${name} out"(mz_catalog."${name}") RETURNS cstring
  LANGUAGE internal IMMUTABLE STRICT AS '${like}out';
CREATE TYPE mz_catalog."${name}" (
  INPUT = mz_engine."${name} in", OUTPUT = mz_engine."${name} out", LIKE = ${like});
CREATE CAST (mz_catalog."${name}" AS ${like}) WITHOUT FUNCTION AS IMPLICIT;
CREATE CAST (${like} AS mz_catalog."${name}") WITHOUT FUNCTION AS IMPLICIT;
${OTHER_NUMBERS.filter((type) => like !== 'text' && type !== like)
  .map((type) => `CREATE CAST (${type} AS mz_catalog."${name}") WITH INOUT AS ASSIGNMENT;`)
  .join('\n')}`

const privileges = (list: string): string => `'{${list}}'::mz_catalog."mz_aclitem[]" AS privileges`
/** `which` is the row's kind of privileges: those of a table, or of what can only be read. */
const owned = (which: string): string => `'u1'::text AS owner_id, ${privileges(`u1=${which}/u1`)}`
const PUBLIC = `'s1'::text AS owner_id, ${privileges('=U/s1,s2=U/s1,s1=UC/s1,u1=UC/s1')}`

/** A CREATE as Materialize keeps it; `options` stand between the name and the rest. */
const created = (kind: string, options = ''): string =>
  `format('CREATE ${kind} "materialize".%s.%s ${options}%s', '"' || replace(schema_name, '"', '""') || '"',
    '"' || replace(name, '"', '""') || '"', body) AS create_sql, NULL::text AS redacted_create_sql`
const NOT_CREATED = 'NULL::text AS create_sql, NULL::text AS redacted_create_sql'
const DEFINITION = `regexp_replace(body, '^(\\(.*?\\) )?AS ', '') || ';' AS definition`

const SUBSCRIBE_CATALOG = `
CREATE SCHEMA mz_introspection;
CREATE SCHEMA mz_unsafe;
CREATE SCHEMA mz_catalog_unstable;
${ownType('uint8', 'int8')}
${ownType('uint4', 'int4')}
${ownType('mz_aclitem[]', 'text')}
${ownType('text list', 'text')}
CREATE VIEW mz_catalog.mz_databases AS
  SELECT 'u1'::text AS id, 20001::oid AS oid, 'materialize'::text AS name, ${PUBLIC};
CREATE VIEW mz_catalog.mz_schemas AS
  SELECT CASE WHEN own THEN 'u' ELSE 's' END || number AS id, oid, CASE WHEN own THEN 'u1' END AS database_id, name,
    CASE WHEN own THEN 'u1' ELSE 's1' END AS owner_id,
    CASE WHEN own THEN '{s2=U/u1,u1=UC/u1}' ELSE '{=U/s1,s2=U/s1,s1=UC/s1}' END::mz_catalog."mz_aclitem[]" AS privileges
  FROM mz_engine.namespaces;
CREATE VIEW mz_catalog.mz_tables AS
  SELECT id, oid, 'u' || schema AS schema_id, name, ${owned('arwd')}, ${created('TABLE')}, NULL::text AS source_id
  FROM mz_engine.relations WHERE kind = 'table';
CREATE VIEW mz_catalog.mz_views AS
  SELECT id, oid, 'u' || schema AS schema_id, name, ${DEFINITION}, ${owned('r')}, ${created('VIEW')}
  FROM mz_engine.relations WHERE kind = 'view';
CREATE VIEW mz_catalog.mz_materialized_views AS
  SELECT id, oid, 'u' || schema AS schema_id, name, 'u1'::text AS cluster_id, ${DEFINITION}, ${owned('r')},
    ${created('MATERIALIZED VIEW', 'IN CLUSTER [u1] WITH (REFRESH = ON COMMIT) ')}
  FROM mz_engine.relations WHERE kind = 'materialized-view';
CREATE VIEW mz_catalog.mz_sources AS
  SELECT NULL::text AS id, NULL::oid AS oid, NULL::text AS schema_id, NULL::text AS name, NULL::text AS type,
    NULL::text AS connection_id, NULL::text AS size, NULL::text AS envelope_type, NULL::text AS key_format,
    NULL::text AS value_format, NULL::text AS cluster_id, ${owned('r')}, ${NOT_CREATED} WHERE false;
CREATE VIEW mz_catalog.mz_sinks AS
  SELECT NULL::text AS id, NULL::oid AS oid, NULL::text AS schema_id, NULL::text AS name, NULL::text AS type,
    NULL::text AS connection_id, NULL::text AS size, NULL::text AS envelope_type, NULL::text AS format,
    NULL::text AS key_format, NULL::text AS value_format, NULL::text AS cluster_id, 'u1'::text AS owner_id,
    ${NOT_CREATED} WHERE false;
CREATE VIEW mz_catalog.mz_indexes AS
  SELECT id, oid, name, on_id, 'u1'::text AS cluster_id, 'u1'::text AS owner_id,
    format('CREATE INDEX "%s" IN CLUSTER [u1] %s', replace(name, '"', '""'), body) AS create_sql,
    NULL::text AS redacted_create_sql
  FROM mz_engine.indexes;
CREATE VIEW mz_catalog.mz_index_columns AS
  SELECT i.id AS index_id, c.ordinality::mz_catalog.uint8 AS index_position,
    t.position::mz_catalog.uint8 AS on_position, CASE WHEN t.position IS NULL THEN c.name END AS on_expression,
    coalesce(t.nullable, true) AS nullable
  FROM mz_engine.indexes i CROSS JOIN unnest(i.columns) WITH ORDINALITY c(name, ordinality)
    LEFT JOIN mz_engine.columns t ON t.id = i.on_id AND t.name = c.name;
CREATE VIEW mz_catalog.mz_clusters AS
  SELECT c.id, c.name, c.owner_id, c.privileges::mz_catalog."mz_aclitem[]" AS privileges, true AS managed,
    '25cc'::text AS size, c.replicas::mz_catalog.uint4 AS replication_factor, true AS disk,
    NULL::mz_catalog."text list" AS availability_zones, false AS introspection_debugging,
    interval '1 second' AS introspection_interval
  FROM (VALUES
    ('s1'::text, 'mz_system'::text, 's1'::text, '{s1=UC/s1,s2=U/s1}', 0),
    ('s2', 'mz_catalog_server', 's1', '{s1=UC/s1,s2=UC/s1,=U/s1}', 1),
    ('s3', 'mz_probe', 's1', '{s1=UC/s1,s2=U/s1,g1=U/s1}', 0),
    ('s4', 'mz_support', 's2', '{s1=UC/s2,s2=UC/s2}', 0),
    ('s5', 'mz_analytics', 's3', '{s1=UC/s3,s3=UC/s3}', 0),
    ('u1', 'quickstart', 's1', '{s1=UC/s1,s2=U/s1,u1=UC/s1,=U/s1}', 1))
    AS c (id, name, owner_id, privileges, replicas);
CREATE VIEW mz_catalog.mz_roles AS
  SELECT 'u1'::text AS id, 20000::oid AS oid, 'materialize'::text AS name, true AS inherit;
CREATE VIEW mz_catalog.mz_columns AS
  SELECT id, name, position::mz_catalog.uint8 AS position, nullable, type, "default", type_oid, type_mod
  FROM mz_engine.columns;
CREATE VIEW mz_catalog.mz_relations AS
  SELECT id, oid, 'u' || schema AS schema_id, name, kind AS type, 'u1'::text AS owner_id,
    CASE kind WHEN 'materialized-view' THEN 'u1' END AS cluster_id,
    CASE kind WHEN 'table' THEN '{u1=arwd/u1}' ELSE '{u1=r/u1}' END::mz_catalog."mz_aclitem[]" AS privileges
  FROM mz_engine.relations;
CREATE VIEW mz_catalog.mz_objects AS
  SELECT * FROM mz_catalog.mz_relations
  UNION ALL SELECT id, oid, 'u' || schema, name, kind, 'u1', 'u1', NULL FROM mz_engine.indexes;`
