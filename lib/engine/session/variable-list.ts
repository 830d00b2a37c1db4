import type { Version } from '../version.ts'
import { SYSTEM_VARIABLES } from './system-variables.ts'

export interface Variable {
  readonly name: string
  readonly value: string
  readonly description: string
  /** Told to the client at start-up and whenever it is set. */
  readonly reported?: true
  /** Told at start-up only. */
  readonly silent?: true
  readonly readOnly?: true
  /** The one value it can have. */
  readonly only?: string
  readonly values?: readonly string[]
  /** The refusal of another value lists those that exist. */
  readonly hinted?: true
  readonly type?: 'integer' | 'boolean' | 'duration'
}

/** Of messages, the least important first. */
export const LEVELS = ['debug5', 'debug4', 'debug3', 'debug2', 'debug1', 'log', 'notice', 'warning', 'error']

/** In the order in which a client is told of them. */
export function variablesOf(version: Version): ReadonlyMap<string, Variable> {
  const list =
    version.era === 'tail' ? [...both(version), ...tail] : [...both(version), ...subscribe(version)]
  return new Map(list.map((variable) => [variable.name.toLowerCase(), variable]))
}

function both({ era }: Version): Variable[] {
  const encoding = era === 'tail' ? { only: 'UTF8' } : { values: ['UTF8'], hinted: true as const }
  const server = era === 'tail' ? 'server' : 'PostgreSQL compatible server'
  return [
    {
      name: 'application_name',
      value: '',
      reported: true,
      description: 'Sets the application name to be reported in statistics and logs (PostgreSQL).',
    },
    {
      name: 'client_encoding',
      value: 'UTF8',
      reported: true,
      ...encoding,
      description: "Sets the client's character set encoding (PostgreSQL).",
    },
    {
      name: 'DateStyle',
      value: 'ISO, MDY',
      reported: true,
      silent: true,
      only: 'ISO, MDY',
      description: 'Sets the display format for date and time values (PostgreSQL).',
    },
    {
      name: 'integer_datetimes',
      value: 'on',
      reported: true,
      ...(era === 'tail' ? { readOnly: true as const } : { only: 'on' }),
      description: 'Reports whether the server uses 64-bit-integer dates and times (PostgreSQL).',
    },
    {
      name: 'server_version',
      value: '9.5.0',
      reported: true,
      readOnly: true,
      description: `Shows the ${server} version (PostgreSQL).`,
    },
    {
      name: 'standard_conforming_strings',
      value: 'on',
      reported: true,
      only: 'on',
      description: "Causes '...' strings to treat backslashes literally (PostgreSQL).",
    },
    {
      name: 'TimeZone',
      value: 'UTC',
      values: ['UTC'],
      ...(era === 'tail' ? {} : { reported: true as const, silent: true as const }),
      description: 'Sets the time zone for displaying and interpreting time stamps (PostgreSQL).',
    },
    {
      name: 'client_min_messages',
      value: 'notice',
      values: LEVELS,
      hinted: true,
      description: 'Sets the message levels that are sent to the client (PostgreSQL).',
    },
    {
      name: 'extra_float_digits',
      value: '3',
      type: 'integer',
      description: 'Adjusts the number of digits displayed for floating-point values (PostgreSQL).',
    },
    {
      name: 'failpoints',
      value: era === 'tail' ? '' : '<omitted>',
      description: 'Allows failpoints to be dynamically activated.',
    },
    {
      name: 'server_version_num',
      value: '90500',
      readOnly: true,
      description: `Shows the ${server} version as an integer (PostgreSQL).`,
    },
    {
      name: 'sql_safe_updates',
      value: 'off',
      type: 'boolean',
      description: 'Prohibits SQL statements that may be overly destructive (CockroachDB).',
    },
  ]
}

const tail: readonly Variable[] = [
  { name: 'cluster', value: 'default', description: 'Sets the current cluster (Materialize).' },
  { name: 'database', value: 'materialize', description: 'Sets the current database (CockroachDB).' },
  {
    name: 'search_path',
    value: 'mz_catalog, pg_catalog, public, mz_temp',
    readOnly: true,
    description: 'Sets the schema search order for names that are not schema-qualified (PostgreSQL).',
  },
  {
    name: 'transaction_isolation',
    value: 'serializable',
    readOnly: true,
    description: "Sets the current transaction's isolation level (PostgreSQL).",
  },
]

function subscribe(version: Version): Variable[] {
  const text = (name: string, value: string, description: string): Variable => ({ name, value, description })
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
    text(
      'auto_route_catalog_queries',
      'on',
      'Whether to force queries that depend only on system tables, to run on the mz_catalog_server cluster (Materialize).',
    ),
    text(
      'transaction_isolation',
      'strict serializable',
      "Sets the current transaction's isolation level (PostgreSQL).",
    ),
    text(
      'welcome_message',
      'on',
      'Whether to send a notice with a welcome message after a successful connection (Materialize).',
    ),
    text(
      'emit_timestamp_notice',
      'off',
      'Boolean flag indicating whether to send a NOTICE with timestamp explanations of queries (Materialize).',
    ),
    {
      name: 'is_superuser',
      value: 'off',
      readOnly: true,
      description: 'Reports whether the current session is a superuser (PostgreSQL).',
    },
    {
      name: 'max_query_result_size',
      value: '1GB',
      description: "The maximum size in bytes for a single query's result (Materialize).",
    },
    {
      name: 'max_connections',
      value: '5000',
      readOnly: true,
      description: 'The maximum number of concurrent connections (PostgreSQL).',
    },
  ]
}
