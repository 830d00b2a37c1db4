import type { Ordinary, Verb } from './command.ts'
import type { Era, Scanner } from './scanner.ts'
import { parseAsOf } from './subscribe.ts'

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
export function parseOrdinary(scanner: Scanner): Ordinary | undefined {
  const first = scanner.peek()
  if (first.kind !== 'word' && first.kind !== 'symbol') return undefined
  const verb = STARTS[scanner.era].get(first.text)
  if (verb === undefined) return undefined
  if (verb === 'read') return parseQuery(scanner)
  if (verb === 'insert' || verb === 'mutation') refuseReturning(scanner, verb)
  if (verb === 'insert') return parseInsert(scanner)
  return { kind: 'ordinary', verb, sql: scanner.rest() }
}

/** A query up to its end; AS OF is split off, for it is not PostgreSQL's. */
export function parseQuery(scanner: Scanner): Ordinary {
  const first = scanner.peek()
  if (STARTS[scanner.era].get(first.text) !== 'read') throw scanner.unexpectedStart()
  const sql = scanner.textUpTo((token, next) => token.text === 'as' && next.text === 'of')
  return { kind: 'ordinary', verb: 'read', sql, asOf: parseAsOf(scanner) }
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
  const head = scanner.fork()
  head.take('insert')
  head.take('into')
  if (isName(head)) head.name()
  if (head.peek().text === '(' && head.peekSecond().text !== 'select') head.inner()
  const source = head.take('values', 'default', 'select')
  const sql = scanner.rest()
  const constants = source === 'select' && scanner.era === 'subscribe' && !/\bfrom\b/i.test(sql)
  const verb = source === 'values' || source === 'default' || constants ? 'insert' : 'mutation'
  return { kind: 'ordinary', verb, sql }
}

const isName = (scanner: Scanner): boolean => ['word', 'quoted'].includes(scanner.peek().kind)
