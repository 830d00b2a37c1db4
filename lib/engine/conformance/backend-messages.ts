import { ByteReader } from '../wire/bytes.ts'
import type { Message } from './script.ts'

const NAMES: Readonly<Record<string, string>> = {
  c: 'CopyDone',
  I: 'EmptyQueryResponse',
  '1': 'ParseComplete',
  '2': 'BindComplete',
  '3': 'CloseComplete',
  n: 'NoData',
  s: 'PortalSuspended',
}

/** One message from the server, by name. `formats`: of the columns of a row. */
export function readBackendMessage(type: string, body: Buffer, formats: readonly number[]): Message {
  const reader = new ByteReader(body)
  switch (type) {
    case 'R':
      return reader.int32() === 0 ? ['AuthenticationOk'] : ['Authentication']
    case 'S':
      return ['ParameterStatus', reader.text(), reader.text()]
    case 'K':
      return ['BackendKeyData', reader.int32(), reader.int32()]
    case 'Z':
      return ['ReadyForQuery', String.fromCharCode(reader.byte())]
    case 'T':
      return ['RowDescription', reader.list(() => readColumn(reader))]
    case 'D':
      return ['DataRow', readRow(reader, formats)]
    case 'C':
      return ['CommandComplete', reader.text()]
    case 'E':
      return ['ErrorResponse', readFields(reader)]
    case 'N':
      return ['NoticeResponse', readFields(reader)]
    case 'H':
    case 'G':
      return [
        type === 'H' ? 'CopyOutResponse' : 'CopyInResponse',
        reader.byte(),
        reader.list(() => reader.int16()),
      ]
    case 'd':
      return ['CopyData', body.toString('utf8')]
    case 't':
      return ['ParameterDescription', reader.list(() => reader.int32())]
    default:
      return [NAMES[type] ?? `Unknown ${type}`]
  }
}

function readColumn(reader: ByteReader): unknown[] {
  const name = reader.text()
  const [table, attribute] = [reader.int32(), reader.int16()]
  const column = [name, reader.int32(), reader.int16(), reader.int32(), reader.int16()]
  return table || attribute ? [...column, table, attribute] : column
}

function readRow(reader: ByteReader, formats: readonly number[]): (string | null)[] {
  let index = 0
  return reader.list(() => {
    const length = reader.int32()
    const format = formats.length === 1 ? formats[0] : formats[index]
    index++
    if (length < 0) return null
    const value = reader.bytes(length)
    return format ? `\\x${value.toString('hex')}` : value.toString('utf8')
  })
}

function readFields(reader: ByteReader): Record<string, string> {
  const fields: Record<string, string> = {}
  for (let key = reader.byte(); key !== 0; key = reader.byte())
    fields[String.fromCharCode(key)] = reader.text()
  return fields
}
