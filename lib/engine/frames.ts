import type { Column, Values } from './change.ts'
import type { ErrorFields } from './errors.ts'
import { jsonError } from './json-words.ts'

/** The bytes of the PostgreSQL protocol between us and PGlite: frontend frames made, backend messages read. */

const encoder = new TextEncoder()

function frame(type: string, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(5 + body.length)
  bytes[0] = type.charCodeAt(0)
  new DataView(bytes.buffer).setInt32(1, body.length + 4)
  bytes.set(body, 5)
  return bytes
}

export const queryFrame = (sql: string): Uint8Array => frame('Q', encoder.encode(`${sql}\0`))
export const parseFrame = (name: string, sql: string): Uint8Array =>
  frame('P', encoder.encode(`${name}\0${sql}\0\0\0`))
export const describeFrame = (name: string): Uint8Array => frame('D', encoder.encode(`S${name}\0`))
export const closeFrame = (name: string): Uint8Array => frame('C', encoder.encode(`S${name}\0`))
export const syncFrame: Uint8Array = frame('S', new Uint8Array())
const executeFrame: Uint8Array = frame('E', new Uint8Array(5))

/** Bind of a prepared statement without parameters, and its Execute. */
export const callFrame = (name: string): Uint8Array =>
  Buffer.concat([frame('B', encoder.encode(`\0${name}\0\0\0\0\0\0\0`)), executeFrame, syncFrame])

const COPY_ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

const copyField = (value: string | null): string =>
  value === null ? '\\N' : value.replace(/[\\\t\n\r]/g, (character) => COPY_ESCAPES[character] ?? '')

/** CopyData and CopyDone for rows in text form. */
export function copyFrames(rows: readonly Values[]): Uint8Array {
  const lines = rows.map((values) => `${values.map(copyField).join('\t')}\n`)
  return Buffer.concat([frame('d', encoder.encode(lines.join(''))), frame('c', new Uint8Array())])
}

/** A COPY FROM STDIN with its data, cut anywhere. */
export const copyInFrames = (sql: string, data: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat([queryFrame(sql), ...data.map((bytes) => frame('d', bytes)), frame('c', new Uint8Array())])

/** One backend message: its type letter, its body, and all its bytes. */
export interface BackendMessage {
  readonly type: string
  readonly body: Buffer
  readonly bytes: Buffer
}

export function* readMessages(bytes: Uint8Array): Generator<BackendMessage> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at < buffer.length; ) {
    const end = at + 1 + buffer.readInt32BE(at + 1)
    const type = String.fromCharCode(buffer[at] ?? 0)
    yield { type, body: buffer.subarray(at + 5, end), bytes: buffer.subarray(at, end) }
    at = end
  }
}

export function readDataRow(body: Buffer): Values {
  const count = body.readInt16BE(0)
  const values = new Array<string | null>(count)
  let at = 2
  for (let index = 0; index < count; index++) {
    const length = body.readInt32BE(at)
    at += 4
    if (length < 0) {
      values[index] = null
    } else {
      values[index] = body.toString('utf8', at, at + length)
      at += length
    }
  }
  return values
}

/** Where each field of a RowDescription keeps its numbers: behind its name's zero byte. */
export function* readFields(body: Buffer): Generator<{ column: Column; at: number }> {
  const count = body.readInt16BE(0)
  let start = 2
  for (let index = 0; index < count; index++) {
    const at = body.indexOf(0, start) + 1
    const column = {
      name: body.toString('utf8', start, at - 1),
      typeOid: body.readUInt32BE(at + 6),
      typeSize: body.readInt16BE(at + 10),
      typeModifier: body.readInt32BE(at + 12),
    }
    yield { column, at }
    start = at + 18
  }
}

export function readError(body: Buffer): ErrorFields {
  const fields = new Map<string, string>()
  for (const part of body.toString('utf8').split('\0')) if (part) fields.set(part.charAt(0), part.slice(1))
  const [message = '', hint, position] = [fields.get('M'), fields.get('H'), fields.get('P')]
  const ofJson =
    message === 'invalid input syntax for type json' ? jsonError(fields.get('W') ?? '') : undefined
  const detail = ofJson === undefined ? fields.get('D') : undefined
  return {
    severity: fields.get('S') ?? 'ERROR',
    code: fields.get('C') ?? 'XX000',
    message: ofJson ?? message,
    ...(detail !== undefined && { detail }),
    ...(hint !== undefined && { hint }),
    ...(position !== undefined && { position }),
  }
}

export const readTag = (body: Buffer): string => body.toString('utf8', 0, body.length - 1)
export const tagMessage = (tag: string): Uint8Array => frame('C', encoder.encode(`${tag}\0`))

export function noticeMessage({ severity, code, message, detail }: ErrorFields): Uint8Array {
  const more = detail === undefined ? '' : `D${detail}\0`
  return frame('N', encoder.encode(`S${severity}\0V${severity}\0C${code}\0M${message}\0${more}\0`))
}

/** The Parse of another text, with the same name and types. */
export function replaceSql(parse: Buffer, sql: string): Uint8Array {
  const name = parse.indexOf(0) + 1
  const types = parse.indexOf(0, name)
  return frame('P', Buffer.concat([parse.subarray(0, name), Buffer.from(sql), parse.subarray(types)]))
}
