import { type ErrorFields, StatementError } from './errors.ts'

/** An error of the wire's own: transaction states, cursors, parameters, features not built. */
export function refusal(code: string, message: string, more: Partial<ErrorFields> = {}): StatementError {
  return new StatementError({ severity: 'ERROR', code, message, ...more })
}

/** `position` counts the characters of the whole query string from 1. */
export const syntaxError = (message: string, position: number): StatementError =>
  refusal('42601', message, { position: String(position) })

/** What Materialize has and this engine does not. */
export const unsupported = (feature: string): StatementError =>
  refusal('0A000', `${feature} is not supported by the embedded engine`)

/** A name without a schema, where the session's database has none. */
export const noSchema = (): StatementError =>
  refusal('3F000', 'no valid schema selected', {
    hint:
      'Use SET schema = name to select a schema.  Use SHOW SCHEMAS to list available schemas.  ' +
      'Use SHOW search_path to show the schema names that we looked for, but none of them existed.',
  })
