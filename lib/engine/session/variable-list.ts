import type { Version } from '../version.ts'
import { subscribeVariables } from './subscribe-variables.ts'
import { readOnly, settable, type Variable } from './variable.ts'

/** Of messages, the least important first. */
export const LEVELS = ['debug5', 'debug4', 'debug3', 'debug2', 'debug1', 'log', 'notice', 'warning', 'error']

/** In the order in which a client is told of them. */
export function variablesOf(version: Version): ReadonlyMap<string, Variable> {
  const list =
    version.era === 'tail' ? [...both(version), ...tail] : [...both(version), ...subscribeVariables(version)]
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
    settable(
      'failpoints',
      era === 'tail' ? '' : '<omitted>',
      'Allows failpoints to be dynamically activated.',
    ),
    readOnly('server_version_num', '90500', `Shows the ${server} version as an integer (PostgreSQL).`),
    {
      name: 'sql_safe_updates',
      value: 'off',
      type: 'boolean',
      description: 'Prohibits SQL statements that may be overly destructive (CockroachDB).',
    },
  ]
}

const tail: readonly Variable[] = [
  settable('cluster', 'default', 'Sets the current cluster (Materialize).'),
  settable('database', 'materialize', 'Sets the current database (CockroachDB).'),
  readOnly(
    'search_path',
    'mz_catalog, pg_catalog, public, mz_temp',
    'Sets the schema search order for names that are not schema-qualified (PostgreSQL).',
  ),
  readOnly(
    'transaction_isolation',
    'serializable',
    "Sets the current transaction's isolation level (PostgreSQL).",
  ),
]
