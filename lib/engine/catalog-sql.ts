import { runningSql } from './running-sql.ts'
import { SUBSCRIBE_CATALOG, SUBSCRIBE_FUNCTIONS } from './subscribe-catalog-sql.ts'
import { TAIL_CATALOG, TAIL_FUNCTIONS } from './tail-catalog-sql.ts'
import { timeSql } from './time-sql.ts'
import type { Version } from './version.ts'

/**
 * `public` comes first, for new relations go where the path begins; `pg_catalog` last, so that `mz_catalog` may hide
 * what Materialize has otherwise.
 */
export const SEARCH_PATH = 'public, mz_temp, mz_catalog, pg_catalog'
/** Where temporary objects are: PGlite is one session, whose own temporary tables would be everybody's for ever. */
export const TEMPORARY = 'mz_temp'

/**
 * What a fresh database holds besides PostgreSQL's own: the schema `mz_engine` with what must survive a restart, and
 * `mz_catalog` with Materialize's functions and catalog relations in the shape of the era.
 */
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
  AS $$ SELECT current_setting('mz.version') $$;
CREATE FUNCTION mz_catalog.mz_uptime() RETURNS interval LANGUAGE sql STABLE
  AS $$ SELECT pg_catalog.clock_timestamp() - pg_catalog.pg_postmaster_start_time() $$;`

/** To Materialize the name of a type is a text, and a literal is one too. */
const typeOf = (era: Version['era']): string => `
CREATE FUNCTION mz_catalog.pg_typeof(anyelement) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT ${era === 'tail' ? `replace(pg_catalog.format_type(pg_catalog.regtype_of($1), NULL), 'mz_timestamp', 'numeric')` : `pg_catalog.format_type(pg_catalog.regtype_of($1), NULL)`} $$;
CREATE FUNCTION mz_catalog.pg_typeof(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'text'::text $$;`

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
