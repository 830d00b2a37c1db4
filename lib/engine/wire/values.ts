import type { Column, Values } from '../change.ts'
import { unsupported } from '../refuse.ts'
import { dataRow, formatOf } from './backend.ts'
import { int16, int32 } from './bytes.ts'

/** A DataRow of text values, those with format 1 turned into PostgreSQL's binary form. */
export function encodeRow(columns: readonly Column[], values: Values, formats: readonly number[]): Buffer {
  return dataRow(
    values.map((value, index) => {
      if (value === null || formatOf(formats, index) === 0) return value
      return binaryForm(columns[index]?.typeOid ?? 0, value)
    }),
  )
}

export function sameFormats(a: readonly number[], b: readonly number[], columns: number): boolean {
  for (let index = 0; index < columns; index++) if (formatOf(a, index) !== formatOf(b, index)) return false
  return true
}

function float64(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8)
  bytes.writeDoubleBE(value)
  return bytes
}

function int64(value: bigint): Buffer {
  const bytes = Buffer.allocUnsafe(8)
  bytes.writeBigInt64BE(value)
  return bytes
}

/** Microseconds of a date, or a time in UTC, of the years 0001 to 9999. */
function since2000(value: string, typeOid: number): bigint {
  const match = /^(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:\+00)?)?$/.exec(value)
  if (!match) throw unsupported(`the binary format of type ${typeOid} for ${value}`)
  const [, date, time = '00:00:00', fraction = ''] = match
  const milliseconds = Date.parse(`${date}T${time}Z`) - Date.UTC(2000, 0)
  return BigInt(milliseconds) * 1000n + BigInt(fraction.padEnd(6, '0'))
}

function binaryForm(typeOid: number, value: string): Buffer {
  switch (typeOid) {
    case 16: // bool
      return Buffer.from([value === 't' ? 1 : 0])
    case 17: // bytea
      return Buffer.from(value.slice(2), 'hex')
    case 20: // int8
      return int64(BigInt(value))
    case 21: // int2
      return int16(Number(value))
    case 23: // int4
      return int32(Number(value))
    case 25: // text
    case 1042: // bpchar
    case 1043: // varchar
    case 19: // name
    case 114: // json
      return Buffer.from(value)
    case 701: // float8
      return float64(Number(value))
    case 1700: // numeric
      return numeric(value)
    case 3802: // jsonb, with its version
      return Buffer.concat([Buffer.from([1]), Buffer.from(value)])
    case 1082: // date, in days
      return int32(Number(since2000(value, typeOid) / 86_400_000_000n))
    case 1114: // timestamp
    case 1184: // timestamptz
      return int64(since2000(value, typeOid))
    case 2950: // uuid
      return Buffer.from(value.replaceAll('-', ''), 'hex')
    default:
      throw unsupported(`the binary format of type ${typeOid}`)
  }
}

/** Groups of four decimal digits, each an int16; the first one's weight is its power of 10,000. */
function numeric(text: string): Buffer {
  if (text === 'NaN') return Buffer.concat([int16(0), int16(0), int16(-0x4000), int16(0)])
  const negative = text.startsWith('-')
  const [whole = '', fraction = ''] = (negative ? text.slice(1) : text).split('.')
  const head = whole.padStart(Math.ceil(whole.length / 4) * 4, '0')
  const digits = head + fraction.padEnd(Math.ceil(fraction.length / 4) * 4, '0')
  const groups = (digits.match(/\d{4}/g) ?? []).map(Number)
  let weight = head.length / 4 - 1
  while (groups[0] === 0) {
    groups.shift()
    weight--
  }
  while (groups.at(-1) === 0) groups.pop()
  const header = [groups.length, groups.length === 0 ? 0 : weight, negative ? 0x4000 : 0, fraction.length]
  return Buffer.concat([...header, ...groups].map(int16))
}
