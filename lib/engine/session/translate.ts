import { AsOfRefused, type ErrorFields, StatementError } from '../errors.ts'
import { type Failed, marked } from './error-rule.ts'
import { RULES } from './error-rules.ts'

/** An error of any kind as what the client is told. PostgreSQL's own errors get Materialize's code and words. */
export function toFields(error: unknown, failed: Failed): ErrorFields {
  if (error instanceof StatementError) return translate(error, failed)
  if (error instanceof AsOfRefused) return { severity: 'ERROR', code: 'XX000', message: error.message }
  const message = error instanceof Error ? error.message : String(error)
  return { severity: 'ERROR', code: 'XX000', message: `internal error: ${message}` }
}

/** Codes that Materialize uses as PostgreSQL does. */
const KEPT =
  /^(25|34|42P03|42601|42P02|0A|08|26|22000|22023|22P04|23502|42704|55P02|55000|57014|XX|01|2F|3F|42501|53)/

function translate(error: StatementError, failed: Failed): ErrorFields {
  const { fields } = error
  const translated = applyRules(error, failed)
  if (translated.message.startsWith('unknown catalog item')) return translated
  if (!CLAUSE_ERRORS.has(fields.code) || !standsInWhere(failed.sql, fields.position)) return translated
  return clean({ ...translated, message: `WHERE clause error: ${translated.message}`, hint: undefined })
}

function applyRules(error: StatementError, failed: Failed): ErrorFields {
  const worded = reword(error, failed)
  if (worded.code !== '42601' || worded.position === undefined) return worded
  return { ...worded, position: String(Number(worded.position) + failed.before) }
}

function reword({ fields, isEvaluation }: StatementError, failed: Failed): ErrorFields {
  for (const { code, pattern, words } of RULES) {
    const match = code === fields.code ? pattern.exec(fields.message) : null
    if (!match) continue
    return clean({
      severity: fields.severity,
      code,
      message: fields.message,
      ...words(match, failed, fields),
    })
  }
  // Most of PostgreSQL's words for what a value cannot do are Materialize's too; a relation's failure is marked already.
  if (isEvaluation && fields.code !== 'XX000') {
    const { severity, code, message } = fields
    return clean({ severity, code, message, ...marked(message, failed) })
  }
  return KEPT.test(fields.code) ? fields : clean({ ...fields, code: 'XX000', position: undefined })
}

/** Errors of names and types: ambiguous or unknown column, function or operator, impossible cast. */
const CLAUSE_ERRORS = new Set(['42703', '42702', '42883', '42725', '42846', '42803'])
const CLAUSES = /\b(where|select|from|join|on|group|having|order|limit|set|values)\b/gi

/** Whether the last clause that begins before a place is a WHERE. */
function standsInWhere(sql: string, position: string | undefined): boolean {
  if (position === undefined) return false
  const [last] =
    sql
      .slice(0, Number(position) - 1)
      .match(CLAUSES)
      ?.slice(-1) ?? []
  return last?.toLowerCase() === 'where'
}

/** Without the fields that are undefined. */
function clean(fields: { [Key in keyof ErrorFields]: ErrorFields[Key] | undefined }): ErrorFields {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(kept) as unknown as ErrorFields
}
