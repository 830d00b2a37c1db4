/** Functions that the later servers have and PostgreSQL has not. */
export const SUBSCRIBE_FUNCTIONS = `
CREATE FUNCTION mz_catalog.mz_environment_id() RETURNS text LANGUAGE sql STABLE
  AS $$ SELECT 'docker-container-' || identity || '-0' FROM mz_engine.state $$;
CREATE FUNCTION mz_catalog.mz_version_num() RETURNS int4 LANGUAGE sql STABLE
  AS $$ SELECT current_setting('mz.version_num')::int4 $$;`

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

/** The catalog relations of the later servers, who tell of each who owns it and may use it. */
export const SUBSCRIBE_CATALOG = `
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
