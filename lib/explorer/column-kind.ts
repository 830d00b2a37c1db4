import type { JsonValue } from '../protocol/row.ts'

/** What can be done with the values of a column. */
export type ColumnKind = 'number' | 'time' | 'boolean' | 'text' | 'json' | 'other'

const KINDS: Readonly<Record<string, ColumnKind>> = {
  smallint: 'number',
  integer: 'number',
  bigint: 'number',
  numeric: 'number',
  real: 'number',
  'double precision': 'number',
  uint2: 'number',
  uint4: 'number',
  uint8: 'number',
  date: 'time',
  timestamp: 'time',
  timestamptz: 'time',
  'timestamp without time zone': 'time',
  'timestamp with time zone': 'time',
  boolean: 'boolean',
  text: 'text',
  'character varying': 'text',
  character: 'text',
  bpchar: 'text',
  uuid: 'text',
  json: 'json',
  jsonb: 'json',
}

/** The kind of a column by its type's name in the catalog, whatever its length or precision. */
export function kindOf(type: string): ColumnKind {
  return KINDS[type.replace(/\s*\([^)]*\)/, '')] ?? 'other'
}

/** Whether a column's values are put on the right, as figures are. */
export const isNumber = (type: string): boolean => kindOf(type) === 'number'

/**
 * A value as a number to be drawn; exact numbers come as text and are rounded here and nowhere else. Undefined for
 * what has no place on an axis: null, NaN and the infinities.
 */
export function toNumber(value: JsonValue | undefined): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  if (value === '') return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

/** Unix seconds up to the year 5138, or milliseconds since 1973: one number is not both. */
const MAX_UNIX_S = 1e11
const MAX_UNIX_MS = 1e14

/** A value of a time column in milliseconds since 1970, whether it is a timestamp, Unix seconds, or milliseconds. */
export function toTimeMs(value: JsonValue | undefined, type: string): number | undefined {
  if (kindOf(type) === 'time') {
    if (typeof value !== 'string') return undefined
    // Times without a zone are UTC, as all times of Materialize; digits beyond the millisecond are dropped.
    const iso = value.replace(/(\.\d{3})\d+/, '$1')
    const ms = Date.parse(/(Z|[+-]\d\d(:?\d\d)?)$/.test(iso) || !iso.includes('T') ? iso : `${iso}Z`)
    return Number.isNaN(ms) ? undefined : ms
  }
  const number = toNumber(value)
  if (number === undefined || number < 0) return undefined
  if (number < MAX_UNIX_S) return number * 1000
  return number < MAX_UNIX_MS ? number : number / 1000
}
