import type { Version } from './version.ts'

/** The setting that holds, as JSON, what the relations below show; see session/running.ts. */
export const RUNNING = 'mz.running'

/** The relations by which a client sees what runs, in the shape of the era. */
export const runningSql = (era: Version['era']): string => (era === 'tail' ? TAIL : SUBSCRIBE)

const rows = (key: string, columns: string): string =>
  `FROM jsonb_to_recordset(current_setting('${RUNNING}', true)::jsonb -> '${key}') AS r (${columns})`

/** One worker does everything. */
const TAIL = `
CREATE VIEW mz_catalog.mz_dataflow_names AS
  SELECT id, 0::int8 AS worker, id AS local_id, name ${rows('dataflows', 'id int8, name text')};`

/** The engine is never reached from beyond this machine, and everybody is the one user. */
const SUBSCRIBE = `
CREATE VIEW mz_internal.mz_sessions AS
  SELECT id, connection_id::mz_catalog.uint4 AS connection_id, 'u1'::text AS role_id, '127.0.0.1'::text AS client_ip,
    connected_at ${rows('sessions', 'id uuid, connection_id int4, connected_at timestamptz')};
CREATE VIEW mz_internal.mz_subscriptions AS
  SELECT id, session_id, 'u1'::text AS cluster_id, created_at,
    referenced_object_ids::mz_catalog."text list" AS referenced_object_ids
  ${rows('subscriptions', 'id text, session_id uuid, created_at timestamptz, referenced_object_ids text')};`
