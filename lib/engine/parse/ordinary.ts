import { internalError } from '../errors.ts'
import { parseAbsent } from './absent.ts'
import type { Nothing, Ordinary, Verb } from './command.ts'
import { refuseForeignForms } from './foreign-forms.ts'
import { nextToken } from './lexer.ts'
import { refuseAnalyze, refuseCreate, refuseDrop, refuseReturning, refuseWindow } from './refusals.ts'
import type { Era, Scanner } from './scanner.ts'
import { parseAsOf } from './subscribe.ts'
import { parseTargets } from './target.ts'

const READS = ['select', 'values', 'with', '(']
const ALONE = ['create', 'drop', 'alter']
const BOTH: readonly (readonly [string, Verb])[] = [
  ...READS.map((word) => [word, 'read'] as const),
  ...ALONE.map((word) => [word, 'ddl'] as const),
  ['explain', 'explain'],
  ['insert', 'insert'],
  ['update', 'mutation'],
  ['delete', 'mutation'],
]
const STARTS: Readonly<Record<Era, ReadonlyMap<string, Verb>>> = {
  tail: new Map(BOTH),
  subscribe: new Map([...BOTH, ['table', 'read'], ['comment', 'ddl'], ['grant', 'ddl'], ['revoke', 'ddl']]),
}

/** A statement that PostgreSQL's grammar covers; undefined where its first word is none of theirs. */
export function parseOrdinary(scanner: Scanner): Ordinary | Nothing | undefined {
  const first = scanner.peek()
  if (first.kind !== 'word' && first.kind !== 'symbol') return undefined
  const verb = STARTS[scanner.era].get(first.text)
  if (verb === undefined) return undefined
  refuseForeignForms(scanner)
  if (verb === 'read') return parseQuery(scanner)
  if (verb === 'insert' || verb === 'mutation') refuseReturning(scanner, verb)
  if (verb === 'insert') return parseInsert(scanner)
  if (first.text === 'create') refuseCreate(scanner)
  if (first.text === 'drop') refuseDrop(scanner)
  const absent = parseAbsent(scanner)
  if (absent) return absent
  if (first.text === 'alter') refuseWindow(scanner)
  if (verb === 'explain') refuseAnalyze(scanner)
  const targets = parseTargets(scanner)
  return { kind: 'ordinary', verb, sql: withoutDatabase(scanner.rest()), targets }
}

/** A query up to its end; AS OF is split off, for it is not PostgreSQL's. */
export function parseQuery(scanner: Scanner): Ordinary {
  const first = scanner.peek()
  if (STARTS[scanner.era].get(first.text) !== 'read') throw scanner.unexpectedStart()
  const sql = scanner.textUpTo(
    (token, next) => (STOPS[token.text] ?? []).includes(next.text) || token.text === 'into',
  )
  // A query that writes or locks is none.
  if (scanner.take('into', 'for')) throw scanner.unexpected('end of statement')
  const writes = first.text === 'with' && /\(\s*(insert|update|delete|merge)\s/i.exec(sql)
  if (writes) throw internalError(`${writes[1]?.toUpperCase()} is not supported in WITH`)
  return { kind: 'ordinary', verb: 'read', sql: withoutDatabase(sql), asOf: parseAsOf(scanner) }
}

/** Words that end a query, with what must follow them. */
const STOPS: Readonly<Record<string, readonly string[]>> = {
  as: ['of'],
  for: ['update', 'share', 'no', 'key'],
}

/** PostgreSQL would take the one database's name for another database's. */
function withoutDatabase(sql: string): string {
  if (!/\bmaterialize\b/i.test(sql)) return sql
  const parts: string[] = []
  let copied = 0
  for (let token = nextToken(sql, 0); token.kind !== 'end'; token = nextToken(sql, token.end)) {
    if (token.text !== 'materialize' || (token.kind !== 'word' && token.kind !== 'quoted')) continue
    const dot = nextToken(sql, token.end)
    const schema = nextToken(sql, dot.end)
    const qualifies = nextToken(sql, schema.end).text === '.' || /^(create|drop)\s+schema\b/i.test(sql)
    if (dot.text !== '.' || !qualifies) continue
    parts.push(sql.slice(copied, token.start))
    copied = dot.end
  }
  return parts.join('') + sql.slice(copied)
}

/** Only an INSERT of VALUES may stand among others in a transaction; later also one of constants. */
function parseInsert(scanner: Scanner): Ordinary {
  const targets = parseTargets(scanner)
  const head = scanner.fork()
  head.take('insert')
  head.take('into')
  if (isName(head)) head.name()
  if (head.peek().text === '(' && head.peekSecond().text !== 'select') head.inner()
  const source = head.take('values', 'default', 'select')
  if (!source && head.peek().kind === 'word' && STARTS[scanner.era].get(head.peek().text) !== 'read') {
    throw head.unexpected('SELECT, VALUES, or a subquery in the query body')
  }
  const sql = withoutDatabase(scanner.rest())
  const constants = source === 'select' && scanner.era === 'subscribe' && !/\bfrom\b/i.test(sql)
  const verb = source === 'values' || source === 'default' || constants ? 'insert' : 'mutation'
  return { kind: 'ordinary', verb, sql, targets }
}

const isName = (scanner: Scanner): boolean => ['word', 'quoted'].includes(scanner.peek().kind)
