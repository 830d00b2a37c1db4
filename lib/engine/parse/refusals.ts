import type { Verb } from './command.ts'
import type { Era, Scanner } from './scanner.ts'

const CREATED_BY_BOTH =
  'database schema role type index default sink source table secret or temp temporary materialized view cluster'

/** What may follow CREATE, and how the refusal of another word lists it. */
const CREATED: Readonly<Record<Era, { words: string; list: string }>> = {
  tail: {
    words: `${CREATED_BY_BOTH} user views`,
    list: 'DATABASE, SCHEMA, ROLE, USER, TYPE, INDEX, SINK, SOURCE, TABLE, SECRET or [OR REPLACE] [TEMPORARY] [MATERIALIZED] VIEW or VIEWS',
  },
  subscribe: {
    words: `${CREATED_BY_BOTH} connection network`,
    list: 'DATABASE, SCHEMA, ROLE, TYPE, INDEX, SINK, SOURCE, [TEMPORARY] TABLE, SECRET, [OR REPLACE] [TEMPORARY] VIEW, or [OR REPLACE] MATERIALIZED VIEW',
  },
}

/** PostgreSQL can create more than Materialize knows. Throws 42601, as all below. */
export function refuseCreate(scanner: Scanner): void {
  const ahead = scanner.fork()
  ahead.take('create')
  const { words, list } = CREATED[scanner.era]
  if (!words.split(' ').includes(ahead.peek().text)) throw ahead.unexpected(`${list} after CREATE`)
}

const DROPPED: Readonly<Record<Era, string>> = {
  tail: 'DATABASE, INDEX, ROLE, CLUSTER, SECRET, SCHEMA, SINK, SOURCE, TABLE, TYPE, USER, VIEW after DROP',
  subscribe:
    'one of TABLE or VIEW or MATERIALIZED or SOURCE or SINK or INDEX or TYPE or ROLE or USER or CLUSTER or SECRET ' +
    'or CONNECTION or DATABASE or SCHEMA or FUNCTION or NETWORK',
}

/** What Materialize does not have, such as triggers, may be ours. */
export function refuseDrop(scanner: Scanner): void {
  const ahead = scanner.fork()
  ahead.take('drop')
  const expected = DROPPED[scanner.era]
  const kinds = new Set(expected.match(/[A-Z]+/g)).add('MATERIALIZED')
  kinds.delete('FUNCTION')
  if (!kinds.has(ahead.peek().text.toUpperCase())) throw ahead.unexpected(expected)
}

/** PostgreSQL would run the statement. */
export function refuseAnalyze(scanner: Scanner): void {
  const ahead = scanner.fork()
  ahead.take('explain')
  const { text } = ahead.peek()
  if (scanner.era === 'subscribe' && ahead.take('analyze')) throw ahead.unexpected('one of CPU or MEMORY')
  if (!EXPLAINED.has(text)) throw ahead.unexpected('SELECT, VALUES, or a subquery in the query body')
}

const EXPLAINED = new Set(['select', 'values', 'with'])

/** The later server keeps history by RETAIN HISTORY. */
export function refuseWindow(scanner: Scanner): void {
  const word = 'logical_compaction_window'
  if (scanner.era === 'tail' || !scanner.mentions(word)) return
  const ahead = scanner.fork()
  while (!ahead.atEnd && ahead.peek().text !== word) ahead.next()
  if (!ahead.atEnd) throw ahead.unexpected('RETAIN')
}

/** Only the later server knows RETURNING, and only of an INSERT. */
export function refuseReturning(scanner: Scanner, verb: Verb): void {
  const ahead = scanner.fork()
  if (!ahead.mentions('returning') || (verb === 'insert' && scanner.era === 'subscribe')) return
  ahead.textUpTo((token) => token.text === 'returning')
  if (ahead.atEnd) return
  if (scanner.era === 'tail' && scanner.peek().text === 'delete') ahead.next() // it is taken for an alias
  throw ahead.unexpected('end of statement')
}
