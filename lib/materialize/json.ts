import { parse as parseArray } from 'postgres-array'

/** A value's text form, as the server sends it, to the JSON text that our streams carry. */
export type Encoder = (text: string) => string

const string: Encoder = (text) => JSON.stringify(text)
const boolean: Encoder = (text) => (text === 't' ? 'true' : 'false')
/** NaN and the infinities have no JSON number. */
const number: Encoder = (text) => {
  const value = Number(text)
  return Number.isFinite(value) ? JSON.stringify(value) : string(text)
}
/** jsonb is canonical as it comes; json keeps the writer's white space, line ends included. */
const json: Encoder = (text) => JSON.stringify(JSON.parse(text))
const timestamp: Encoder = (text) => string(text.replace(' ', 'T'))
/** Materialize's only time zone is UTC. */
const timestamptz: Encoder = (text) => string(text.replace(' ', 'T').replace(/\+00(:00)?$/, 'Z'))

/** By type OID; what is not here travels as text: int8 and numeric too, since a JSON number would round them. */
const ENCODERS: Readonly<Record<number, Encoder>> = {
  16: boolean,
  21: number,
  23: number,
  700: number,
  701: number,
  114: json,
  3802: json,
  1114: timestamp,
  1184: timestamptz,
}

/** The OID of an array's elements, by the array's OID. */
const ELEMENTS: Readonly<Record<number, number>> = {
  1000: 16,
  1005: 21,
  1007: 23,
  1016: 20,
  1021: 700,
  1022: 701,
  199: 114,
  3807: 3802,
  1115: 1114,
  1185: 1184,
  1231: 1700,
  1009: 25,
  1015: 1043,
  1014: 1042,
  1182: 1082,
  1183: 1083,
  1187: 1186,
  2951: 2950,
  1028: 26,
  1001: 17,
}

/** Materialize's lists have OIDs that differ between databases, so their elements go by name. */
const ELEMENTS_BY_NAME: Readonly<Record<string, number>> = {
  boolean: 16,
  smallint: 21,
  integer: 23,
  real: 700,
  'double precision': 701,
  jsonb: 3802,
  'timestamp without time zone': 1114,
  timestamp: 1114,
  'timestamp with time zone': 1184,
}

type Nested = (string | null | Nested)[]

function array(element: Encoder): Encoder {
  const encode = (value: Nested[number]): string => {
    if (value === null) return 'null'
    return typeof value === 'string' ? element(value) : `[${value.map(encode).join(',')}]`
  }
  return (text) => encode(parseArray(text, (value) => value) as Nested)
}

/** The encoder of a column: by its type's OID, or for lists by its type's name in the catalog (`integer list`). */
export function encoderOf(typeOid: number, typeName: string): Encoder {
  const scalar = ENCODERS[typeOid]
  if (scalar) return scalar
  const element = ELEMENTS[typeOid]
  if (element !== undefined) return array(ENCODERS[element] ?? string)
  const list = /^(.*?)((?: list|\[\])+)$/.exec(typeName)
  if (list?.[1]) return array(ENCODERS[ELEMENTS_BY_NAME[list[1]] ?? 0] ?? string)
  return string
}
