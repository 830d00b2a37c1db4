import { CASCADES } from '../definer.ts'
import type { ErrorFields } from '../errors.ts'
import { readError, readMessages } from '../frames.ts'
import type { Version } from '../version.ts'
import type { Notice } from '../wire/backend.ts'
import type { Answer } from './answer.ts'
import type { Host } from './portal.ts'

/** Tells the client what a statement noticed. */
export function writeNotices(host: Host, answer: Answer, sql: string): void {
  for (const bytes of answer.notices) {
    const notice = translateNotice(bytes, sql, host.database.version.era)
    if (notice) host.notice(notice)
  }
}

/** PostgreSQL's notices as Materialize would word them; undefined for those that it does not give. */
function translateNotice(bytes: Buffer, sql: string, era: Version['era']): Notice | undefined {
  for (const { body } of readMessages(bytes)) return reword(readError(body), sql, era)
  return undefined
}

function reword(
  { code, message, detail }: ErrorFields,
  sql: string,
  era: Version['era'],
): Notice | undefined {
  if (code === CASCADES) return { severity: 'NOTICE', code: '00000', message, ...(detail && { detail }) }
  // The engine's own words, which are PostgreSQL's for nothing.
  if (code === '42710') return { severity: 'NOTICE', code, message }
  const [, existing] = /^\w+ "(.+)" already exists, skipping$/.exec(message) ?? []
  if (existing !== undefined) {
    const kind = kindOf(sql, era)
    const table = code === '42P07' && kind === 'table' && era === 'tail'
    return {
      severity: 'NOTICE',
      code: code === '42P07' && !table ? '42710' : code,
      message:
        era === 'tail'
          ? `${kind} already exists, skipping`
          : `${kind} "${existing}" already exists, skipping`,
    }
  }
  const [, missing] = /^[\w ]+ "(.+)" does not exist, skipping$/.exec(message) ?? []
  if (missing === undefined || era === 'tail') return undefined
  return {
    severity: 'NOTICE',
    code: '42704',
    message: `${kindOf(sql, era).toUpperCase()} "${missing}" does not exist, skipping`,
  }
}

/** What a CREATE or DROP is of; the older server calls a materialized view a view. */
function kindOf(sql: string, era: Version['era']): string {
  const words = /^\s*\w+\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+)?(?:(materialized)\s+)?(\w+)/i.exec(sql)
  const materialized = era === 'subscribe' && words?.[1] !== undefined
  return `${materialized ? 'materialized ' : ''}${(words?.[2] ?? 'object').toLowerCase()}`
}
