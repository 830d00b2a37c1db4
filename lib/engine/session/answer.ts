import type { Column } from '../change.ts'
import { readFields, readMessages, readTag } from '../frames.ts'
import { formatOf } from '../wire/backend.ts'
import { int32, message } from '../wire/bytes.ts'
import { materializeColumn, textForm } from './text-forms.ts'

/** What PGlite answered to one statement. */
export interface Answer {
  readonly columns: readonly Column[] | undefined
  /** DataRow messages, whole, with the values in Materialize's text forms. */
  readonly rows: readonly Buffer[]
  readonly notices: readonly Buffer[]
  readonly tag: string | undefined
  readonly parameters: readonly number[]
}

/** `columns` where they are known beforehand, for Execute alone does not tell them. */
export function readAnswer(
  bytes: Uint8Array,
  columns?: readonly Column[],
  formats: readonly number[] = [],
): Answer {
  const rows: Buffer[] = []
  const notices: Buffer[] = []
  let tag: string | undefined
  let parameters: number[] = []
  let reform = rowReformer(columns ?? [], formats)
  for (const { type, body, bytes: whole } of readMessages(bytes)) {
    if (type === 'D') rows.push(reform ? reform(body) : whole)
    else if (type === 'T') {
      columns = Array.from(readFields(body), ({ column }) => materializeColumn(column))
      reform = rowReformer(columns, formats)
    } else if (type === 'N') notices.push(whole)
    else if (type === 'C') tag = readTag(body)
    else if (type === 't') {
      parameters = Array.from({ length: body.readUInt16BE(0) }, (_, index) =>
        body.readUInt32BE(2 + index * 4),
      )
    }
  }
  return { columns, rows, notices, tag, parameters }
}

/** Rewrites a DataRow's body; undefined where no column needs it. */
function rowReformer(
  columns: readonly Column[],
  formats: readonly number[],
): ((body: Buffer) => Buffer) | undefined {
  const forms = columns.map(({ typeOid }, index) =>
    formatOf(formats, index) === 0 ? textForm(typeOid) : undefined,
  )
  if (!forms.some(Boolean)) return undefined
  return (body) => {
    const parts: Buffer[] = [body.subarray(0, 2)]
    let at = 2
    for (const form of forms) {
      const length = body.readInt32BE(at)
      const end = at + 4 + Math.max(length, 0)
      if (form && length >= 0) {
        const text = Buffer.from(form(body.toString('utf8', at + 4, end)))
        parts.push(int32(text.length), text)
      } else parts.push(body.subarray(at, end))
      at = end
    }
    return message('D', ...parts)
  }
}
