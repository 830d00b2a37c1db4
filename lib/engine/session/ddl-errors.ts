import { quoteText } from '../backend.ts'
import { internalError, StatementError } from '../errors.ts'
import { readDataRow } from '../frames.ts'
import { run } from './ordinary.ts'
import type { Host } from './portal.ts'

const CASCADE_HINT = 'Use DROP ... CASCADE to drop the dependent objects too.'

/** PostgreSQL's refusal of a CREATE or DROP in Materialize's words, which name the kinds of the objects. */
export async function ddlError(host: Host, error: unknown): Promise<unknown> {
  if (!(error instanceof StatementError)) return error
  const tail = host.database.version.era === 'tail'
  const { code, message, detail = '' } = error.fields
  const [, existing] = code === '42P07' ? (/^relation "(.+)" already exists$/.exec(message) ?? []) : []
  if (existing !== undefined) {
    if (tail) return internalError(`catalog item '${existing}' already exists`)
    return internalError(`${await kindOf(host, existing)} "materialize.public.${existing}" already exists`)
  }
  if (code !== '2BP01') return error
  const [, kind, name = ''] = /^cannot drop (\w+) (\S+) because/.exec(message) ?? []
  if (kind === 'schema') {
    return internalError(
      `schema 'materialize.${name}' cannot be dropped without CASCADE while it contains objects`,
    )
  }
  const [, dependent = ''] = /^(?:materialized )?\w+ (\S+) depends on/.exec(detail) ?? []
  if (tail) {
    return internalError(
      `cannot drop materialize.public.${name}: still depended upon by catalog item 'materialize.public.${dependent}'`,
    )
  }
  const [own, its] = [await kindOf(host, name), await kindOf(host, dependent)]
  return internalError(`cannot drop ${own} "${name}": still depended upon by ${its} "${dependent}"`, {
    hint: CASCADE_HINT,
  })
}

async function kindOf(host: Host, name: string): Promise<string> {
  const sql = `SELECT kind FROM mz_engine.relations WHERE name = ${quoteText(name)}`
  const { rows } = await run(host, { sql, types: [], binding: undefined })
  const [kind] = rows[0] ? readDataRow(rows[0].subarray(5)) : []
  return kind?.replace('-', ' ') ?? 'table'
}
