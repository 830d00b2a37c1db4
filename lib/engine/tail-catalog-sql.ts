/** Functions that the older servers have and PostgreSQL has not, or has otherwise. */
export const TAIL_FUNCTIONS = `
CREATE FUNCTION mz_engine.average(float8[], int4) RETURNS float8[] LANGUAGE sql IMMUTABLE STRICT
  AS $$ SELECT pg_catalog.float8_accum($1, $2::float8) $$;
CREATE AGGREGATE mz_catalog.avg(int4) (
  SFUNC = mz_engine.average, STYPE = float8[], FINALFUNC = pg_catalog.float8_avg, INITCOND = '{0,0,0}');
CREATE FUNCTION mz_catalog.mz_cluster_id() RETURNS text LANGUAGE sql STABLE
  AS $$ SELECT identity FROM mz_engine.state $$;`

/** The catalog relations of the older servers. */
export const TAIL_CATALOG = `
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
