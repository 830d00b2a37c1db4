import type { JsonValue } from '../protocol/row.ts'

/** How values of a type are read from a query and put in order; both sides are what the JSON of a row holds. */
export interface Comparison {
  /** The value that a text stands for, or undefined where it stands for none of the type. */
  parse(text: string): JsonValue | undefined
  /** Negative, 0 or positive; undefined for a type whose values have no order but only equality. */
  readonly compare: ((a: JsonValue, b: JsonValue) => number) | undefined
}

const order = <T>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0)

/** As Postgres orders floats: NaN equals itself and is above all others. */
function compareFloats(a: JsonValue, b: JsonValue): number {
  const [x, y] = [Number(a), Number(b)]
  if (Number.isNaN(x) || Number.isNaN(y)) return order(Number.isNaN(x), Number.isNaN(y))
  return order(x, y)
}

const SPECIAL = new Set(['NaN', 'Infinity', '-Infinity'])
const floats: Comparison = {
  parse: (text) => {
    if (SPECIAL.has(text)) return text
    return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined
  },
  compare: compareFloats,
}

const DECIMAL = /^([+-]?)(\d*)\.?(\d*)$/

/** A decimal as a whole number of units of its last digit, with the number of digits after the point. */
function units(text: string): { value: bigint; scale: number } {
  const [, sign = '', whole = '', fraction = ''] = DECIMAL.exec(text) ?? []
  const value = BigInt(`${whole}${fraction}` || '0')
  return { value: sign === '-' ? -value : value, scale: fraction.length }
}

/** Exact, as these numbers travel as text because floats would round them. */
function compareDecimals(a: JsonValue, b: JsonValue): number {
  const [x, y] = [String(a), String(b)]
  if (SPECIAL.has(x) || SPECIAL.has(y)) return compareFloats(x, y)
  const [left, right] = [units(x), units(y)]
  const scale = Math.max(left.scale, right.scale)
  const at = ({ value, scale: own }: typeof left) => value * 10n ** BigInt(scale - own)
  return order(at(left), at(right))
}

const decimals: Comparison = {
  parse: (text) => ((/\d/.test(text) && DECIMAL.test(text)) || SPECIAL.has(text) ? text : undefined),
  compare: compareDecimals,
}

const integers: Comparison = {
  parse: (text) => (/^[+-]?\d{1,15}$/.test(text) ? Number(text) : undefined),
  compare: compareFloats,
}

const booleans: Comparison = {
  parse: (text) =>
    text === 'true' || text === 't' ? true : text === 'false' || text === 'f' ? false : undefined,
  compare: order,
}

/** By code points, as Materialize compares bytes of UTF-8. JavaScript's own order is that of UTF-16. */
function compareTexts(a: JsonValue, b: JsonValue): number {
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)))
}

const texts: Comparison = { parse: (text) => text, compare: compareTexts }

/** Points in time: ISO 8601, or with a space; seconds may have digits that a Date cannot hold. */
const TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?$/

function instant(text: string): [number, string] | undefined {
  const match = TIME.exec(text)
  if (!match) return undefined
  const [, date, time = '00:00', fraction = '', zone = 'Z'] = match
  const offset = /^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')
  const ms = Date.parse(`${date}T${time}${offset}`)
  return Number.isNaN(ms) ? undefined : [ms, fraction.padEnd(9, '0')]
}

const times: Comparison = {
  parse: (text) => (instant(text) ? text : undefined),
  compare: (a, b) => {
    const [x, y] = [instant(String(a)), instant(String(b))]
    if (!x || !y) return compareTexts(a, b)
    return order(x[0], y[0]) || order(x[1], y[1])
  },
}

/** Equality of the JSON text alone. */
const others: Comparison = { parse: (text) => text, compare: undefined }

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  smallint: integers,
  integer: integers,
  bigint: decimals,
  numeric: decimals,
  oid: decimals,
  real: floats,
  'double precision': floats,
  boolean: booleans,
  text: texts,
  'character varying': texts,
  character: texts,
  bpchar: texts,
  uuid: texts,
  date: times,
  timestamp: times,
  'timestamp without time zone': times,
  'timestamp with time zone': times,
  timestamptz: times,
}

/** The comparison of a column's type, by its name in the catalog. */
export function comparisonOf(type: string): Comparison {
  return COMPARISONS[type] ?? others
}
