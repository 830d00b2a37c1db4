import type { Version } from '../version.ts'
import { SYSTEM_VARIABLES } from './system-variables.ts'
import { readOnly, settable, type Variable } from './variable.ts'

/** What the later servers have beside what both have. */
export function subscribeVariables(version: Version): Variable[] {
  return [
    ...SYSTEM_VARIABLES,
    {
      name: 'IntervalStyle',
      value: 'postgres',
      reported: true,
      only: 'postgres',
      description: 'Sets the display format for interval values (PostgreSQL).',
    },
    {
      name: 'cluster',
      value: 'quickstart',
      reported: true,
      description: 'Sets the current cluster (Materialize).',
    },
    {
      name: 'cluster_replica',
      value: '',
      reported: true,
      description: 'Sets a target cluster replica for SELECT queries (Materialize).',
    },
    {
      name: 'default_cluster_replication_factor',
      value: '1',
      reported: true,
      readOnly: true,
      description: 'Default cluster replication factor (Materialize).',
    },
    {
      name: 'database',
      value: 'materialize',
      reported: true,
      description: 'Sets the current database (CockroachDB).',
    },
    {
      name: 'search_path',
      value: 'public',
      reported: true,
      description: 'Sets the schema search order for names that are not schema-qualified (PostgreSQL).',
    },
    {
      name: 'mz_version',
      value: version.text,
      reported: true,
      readOnly: true,
      description: 'Shows the Materialize server version (Materialize).',
    },
    {
      name: 'idle_in_transaction_session_timeout',
      value: '2 min',
      type: 'duration',
      description:
        'Sets the maximum allowed duration that a session can sit idle in a transaction before being terminated. If this value is specified without units, it is taken as milliseconds. A value of zero disables the timeout (PostgreSQL).',
    },
    {
      name: 'statement_timeout',
      value: '1 min',
      type: 'duration',
      description:
        'Sets the maximum allowed duration of INSERT...SELECT, UPDATE, and DELETE operations. If this value is specified without units, it is taken as milliseconds.',
    },
    settable(
      'auto_route_catalog_queries',
      'on',
      'Whether to force queries that depend only on system tables, to run on the mz_catalog_server cluster (Materialize).',
    ),
    settable(
      'transaction_isolation',
      'strict serializable',
      "Sets the current transaction's isolation level (PostgreSQL).",
    ),
    settable(
      'welcome_message',
      'on',
      'Whether to send a notice with a welcome message after a successful connection (Materialize).',
    ),
    settable(
      'emit_timestamp_notice',
      'off',
      'Boolean flag indicating whether to send a NOTICE with timestamp explanations of queries (Materialize).',
    ),
    readOnly('is_superuser', 'off', 'Reports whether the current session is a superuser (PostgreSQL).'),
    settable(
      'max_query_result_size',
      '1GB',
      "The maximum size in bytes for a single query's result (Materialize).",
    ),
    readOnly('max_connections', '5000', 'The maximum number of concurrent connections (PostgreSQL).'),
  ]
}
