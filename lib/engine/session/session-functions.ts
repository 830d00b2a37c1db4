import { quoteText } from '../backend.ts'
import { nextToken } from '../parse/lexer.ts'
import type { Version } from '../version.ts'

/** Who asks, for the functions that tell it: PGlite itself knows but one session. */
export interface Asker {
  readonly user: string
  readonly database: string
  readonly processId: number
  readonly version: Version
  /** Cancels what another session runs; answers whether there is one of that id. */
  cancel(processId: number): boolean
}

const SUSPECT = /\bversion\s*\(|pg_backend_pid|current_user|session_user|current_database|current_catalog/i

/** Puts the session's own values in place of those functions. A subquery keeps the name of the column. */
export function withSessionValues(sql: string, asker: Asker): string {
  if (!SUSPECT.test(sql)) return sql
  const parts: string[] = []
  let copied = 0
  for (let token = nextToken(sql, 0); token.kind !== 'end'; token = nextToken(sql, token.end)) {
    const value = token.kind === 'word' ? sqlValue(token.text, asker) : undefined
    const opening = nextToken(sql, token.end)
    const called = opening.text === '('
    // The user's functions are written without parentheses, as SQL has them.
    if (value === undefined || called !== /^(pg_|current_database|version)/.test(token.text)) continue
    parts.push(
      sql.slice(copied, token.start).replace(/pg_catalog\s*\.\s*$/i, ''),
      `(SELECT ${value} AS "${token.text}")`,
    )
    copied = called ? nextToken(sql, opening.end).end : token.end
  }
  return parts.join('') + sql.slice(copied)
}

function sqlValue(name: string, { user, database, processId, version }: Asker): string | undefined {
  const text = (value: string) => `${quoteText(value)}::text`
  switch (name) {
    case 'pg_backend_pid':
      return `${processId}::int4`
    case 'current_user':
    case 'session_user':
      return text(user)
    case 'current_database':
    case 'current_catalog':
      return text(database)
    case 'version':
      return text(`PostgreSQL 9.5 on x86_64-unknown-linux-gnu (${productOf(version)})`)
    default:
      return undefined
  }
}

function productOf({ era, text }: Version): string {
  return `${era === 'tail' ? 'materialized' : 'Materialize'} ${text.replace(/^v(\S+).*$/, '$1')}`
}
