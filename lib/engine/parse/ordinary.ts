import { internalError } from '../errors.ts'
import { parseAbsent } from './absent.ts'
import type { Nothing, Ordinary, Verb } from './command.ts'
import { refuseForeignForms } from './grammar.ts'
import { nextToken } from './lexer.ts'
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

const CREATED: Readonly<Record<Era, { words: readonly string[]; list: string }>> = {
  tail: {
    words: [
      'database',
      'schema',
      'role',
      'user',
      'type',
      'index',
      'default',
      'sink',
      'source',
      'table',
      'secret',
      'or',
      'temp',
      'temporary',
      'materialized',
      'view',
      'views',
      'cluster',
    ],
    list: 'DATABASE, SCHEMA, ROLE, USER, TYPE, INDEX, SINK, SOURCE, TABLE, SECRET or [OR REPLACE] [TEMPORARY] [MATERIALIZED] VIEW or VIEWS',
  },
  subscribe: {
    words: [
      'database',
      'schema',
      'role',
      'type',
      'index',
      'default',
      'sink',
      'source',
      'table',
      'secret',
      'or',
      'temp',
      'temporary',
      'materialized',
      'view',
      'cluster',
      'connection',
      'network',
    ],
    list: 'DATABASE, SCHEMA, ROLE, TYPE, INDEX, SINK, SOURCE, [TEMPORARY] TABLE, SECRET, [OR REPLACE] [TEMPORARY] VIEW, or [OR REPLACE] MATERIALIZED VIEW',
  },
}

/** PostgreSQL can create more than Materialize knows. */
function refuseCreate(scanner: Scanner): void {
  const ahead = scanner.fork()
  ahead.take('create')
  const { words, list } = CREATED[scanner.era]
  if (!words.includes(ahead.peek().text)) throw ahead.unexpected(`${list} after CREATE`)
}

const DROPPED: Readonly<Record<Era, string>> = {
  tail: 'DATABASE, INDEX, ROLE, CLUSTER, SECRET, SCHEMA, SINK, SOURCE, TABLE, TYPE, USER, VIEW after DROP',
  subscribe:
    'one of TABLE or VIEW or MATERIALIZED or SOURCE or SINK or INDEX or TYPE or ROLE or USER or CLUSTER or SECRET ' +
    'or CONNECTION or DATABASE or SCHEMA or FUNCTION or NETWORK',
}

/** What Materialize does not have, such as triggers, may be ours. */
function refuseDrop(scanner: Scanner): void {
  const ahead = scanner.fork()
  ahead.take('drop')
  const expected = DROPPED[scanner.era]
  const kinds = new Set(expected.match(/[A-Z]+/g)).add('MATERIALIZED')
  kinds.delete('FUNCTION')
  if (!kinds.has(ahead.peek().text.toUpperCase())) throw ahead.unexpected(expected)
}

/** PostgreSQL would run the statement. */
function refuseAnalyze(scanner: Scanner): void {
  const ahead = scanner.fork()
  ahead.take('explain')
  const { text } = ahead.peek()
  if (scanner.era === 'subscribe' && ahead.take('analyze')) throw ahead.unexpected('one of CPU or MEMORY')
  if (!EXPLAINED.has(text)) throw ahead.unexpected('SELECT, VALUES, or a subquery in the query body')
}

const EXPLAINED = new Set(['select', 'values', 'with'])

/** The later server keeps history by RETAIN HISTORY. */
function refuseWindow(scanner: Scanner): void {
  const word = 'logical_compaction_window'
  if (scanner.era === 'tail' || !scanner.mentions(word)) return
  const ahead = scanner.fork()
  while (!ahead.atEnd && ahead.peek().text !== word) ahead.next()
  if (!ahead.atEnd) throw ahead.unexpected('RETAIN')
}

/** Only the later server knows RETURNING, and only of an INSERT. */
function refuseReturning(scanner: Scanner, verb: Verb): void {
  const ahead = scanner.fork()
  if (!ahead.mentions('returning') || (verb === 'insert' && scanner.era === 'subscribe')) return
  ahead.textUpTo((token) => token.text === 'returning')
  if (ahead.atEnd) return
  if (scanner.era === 'tail' && scanner.peek().text === 'delete') ahead.next() // it is taken for an alias
  throw ahead.unexpected('end of statement')
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
