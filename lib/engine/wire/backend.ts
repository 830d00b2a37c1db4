import type { Column } from '../change.ts'
import type { ErrorFields } from '../errors.ts'
import { int16, int32, message, text } from './bytes.ts'

/** What the server sends, each message whole. */
export const authenticationOk = message('R', int32(0))
export const parseComplete = message('1')
export const bindComplete = message('2')
export const closeComplete = message('3')
export const noData = message('n')
export const portalSuspended = message('s')
export const emptyQueryResponse = message('I')
export const copyDone = message('c')

/** `I` idle, `T` in a transaction, `E` in a failed one. */
export type TransactionStatus = 'I' | 'T' | 'E'

export const readyForQuery = (status: TransactionStatus): Buffer => message('Z', Buffer.from(status))
export const commandComplete = (tag: string): Buffer => message('C', text(tag))
export const parameterStatus = (name: string, value: string): Buffer => message('S', text(name), text(value))
export const backendKeyData = (processId: number, secret: number): Buffer =>
  message('K', int32(processId), int32(secret))
export const copyData = (bytes: Uint8Array): Buffer => message('d', bytes)
export const parameterDescription = (types: readonly number[]): Buffer =>
  message('t', int16(types.length), ...types.map(int32))

/** The format of the column at `index`: one code stands for all, none for text. */
export const formatOf = (formats: readonly number[], index: number): number =>
  (formats.length === 1 ? formats[0] : formats[index]) ?? 0

/** Table and attribute numbers are zero, as Materialize sends them. */
export function rowDescription(columns: readonly Column[], formats: readonly number[] = []): Buffer {
  const parts = columns.flatMap((column, index) => [
    text(column.name),
    int32(0),
    int16(0),
    int32(column.typeOid),
    int16(column.typeSize),
    int32(column.typeModifier),
    int16(formatOf(formats, index)),
  ])
  return message('T', int16(columns.length), ...parts)
}

/** Written into one buffer: this is done for every row that anybody reads. */
export function dataRow(values: readonly (Uint8Array | string | null)[]): Buffer {
  let size = 7
  for (const value of values) size += 4 + byteLength(value)
  const bytes = Buffer.allocUnsafe(size)
  bytes[0] = DATA_ROW
  bytes.writeInt32BE(size - 1, 1)
  bytes.writeInt16BE(values.length, 5)
  let at = 7
  for (const value of values) {
    const start = at + 4
    if (value === null) at = start
    else if (typeof value === 'string') at = start + bytes.write(value, start)
    else {
      bytes.set(value, start)
      at = start + value.length
    }
    bytes.writeInt32BE(value === null ? -1 : at - start, start - 4)
  }
  return bytes
}

const DATA_ROW = 'D'.charCodeAt(0)

function byteLength(value: Uint8Array | string | null): number {
  if (value === null) return 0
  return typeof value === 'string' ? Buffer.byteLength(value) : value.length
}

export const copyOutResponse = (columns: number): Buffer =>
  message('H', Buffer.from([0]), int16(columns), ...Array.from({ length: columns }, () => int16(0)))
export const copyInResponse = (columns: number): Buffer =>
  message('G', Buffer.from([0]), int16(columns), ...Array.from({ length: columns }, () => int16(0)))

export interface Notice {
  readonly severity: 'NOTICE' | 'WARNING'
  readonly code: string
  readonly message: string
  readonly detail?: string | undefined
  readonly hint?: string | undefined
}

function fields(list: Readonly<Record<string, string | number | undefined>>): Buffer {
  const parts = Object.entries(list).flatMap(([key, value]) =>
    value === undefined ? [] : [Buffer.from(key), text(String(value))],
  )
  return Buffer.concat([...parts, Buffer.from([0])])
}

export const noticeResponse = ({ severity, code, message: text, detail, hint }: Notice): Buffer =>
  message('N', fields({ S: severity, C: code, M: text, D: detail, H: hint }))

export const errorResponse = (error: ErrorFields): Buffer =>
  message(
    'E',
    fields({
      S: error.severity,
      C: error.code,
      M: error.message,
      D: error.detail,
      H: error.hint,
      P: error.position,
    }),
  )
