import { quoteText } from './backend.ts'
import { internalError, type StatementError } from './errors.ts'
import type { Context } from './views/relation.ts'

/** What is said of a name, in its parts, that no object has. */
export function unknownName({ backend, era }: Context, parts: readonly string[]): StatementError {
  const [name = '', schema] = [...parts].reverse()
  const exists = (sql: string) => backend.query(sql).length > 0
  if (schema !== undefined && !exists(`SELECT FROM pg_namespace WHERE nspname = ${quoteText(schema)}`)) {
    return internalError(`unknown schema '${schema}'`)
  }
  const isType = exists(
    `SELECT FROM pg_type WHERE typname = ${quoteText(name)} AND typnamespace = 'pg_catalog'::regnamespace AND typtype = 'b'`,
  )
  if (era === 'tail' && isType && (schema === undefined || schema === 'pg_catalog')) {
    return internalError(`catalog item 'pg_catalog.${name}' is a type and so cannot be depended upon`)
  }
  return internalError(`unknown catalog item '${parts.join('.')}'`)
}
