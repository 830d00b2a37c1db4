import { StatementError } from '../errors.ts'
import type { Command } from './command.ts'
import { parseCopy } from './copy.ts'
import { parseClose, parseDeclare, parseFetch } from './cursor.ts'
import { type Piece, splitStatements } from './lexer.ts'
import { parseOrdinary } from './ordinary.ts'
import { parseDeallocate, parseDiscard, parseExecute, parsePrepare } from './prepared.ts'
import { type Era, Scanner } from './scanner.ts'
import { parseShow } from './show.ts'
import { parseSubscribe, takeSubscribe } from './subscribe.ts'
import { parseBegin, parseEnd } from './transaction.ts'
import { withTypeNames } from './type-names.ts'
import { parseReset, parseSet } from './variable.ts'

/** One statement of a query string. */
export interface Parsed {
  readonly command: Command
  readonly sql: string
  /** Where `sql` begins in the query string. */
  readonly start: number
}

/**
 * Parses a whole query string, as Materialize does before it runs the first statement. Only the forms that are
 * Materialize's own are understood here; every other statement stays text for PostgreSQL. Throws on a syntax error;
 * what a planner refuses becomes a command of its own, to be refused when its turn comes.
 */
export function parse(written: string, era: Era): Parsed[] {
  const sql = withTypeNames(written)
  return splitStatements(sql).map((piece) => parsePiece(sql, piece, era))
}

function parsePiece(sql: string, { start, end }: Piece, era: Era): Parsed {
  const text = sql.slice(start, end).trimEnd()
  try {
    return { command: parseCommand(new Scanner(sql, start, end, era), text), sql: text, start }
  } catch (error) {
    if (!(error instanceof StatementError) || error.fields.code === '42601') throw error
    return { command: { kind: 'refused', error }, sql: text, start }
  }
}

function parseCommand(scanner: Scanner, sql: string): Command {
  const ordinary = parseOrdinary(scanner)
  if (ordinary) return ordinary
  if (takeSubscribe(scanner)) return parseSubscribe(scanner)
  const first = scanner.peek()
  const read = first.kind === 'word' ? FORMS[first.text] : undefined
  const missing = scanner.era === 'tail' && (first.text === 'reset' || first.text === 'abort')
  if (!read || missing) throw scanner.unexpectedStart()
  scanner.next()
  return read(scanner, sql)
}

const FORMS: Readonly<Record<string, (scanner: Scanner, sql: string) => Command>> = {
  declare: parseDeclare,
  fetch: parseFetch,
  close: parseClose,
  begin: parseBegin,
  start: (scanner) => {
    scanner.expect('transaction')
    return parseBegin(scanner)
  },
  commit: (scanner) => parseEnd(scanner, 'commit'),
  rollback: (scanner) => parseEnd(scanner, 'rollback'),
  abort: (scanner) => parseEnd(scanner, 'rollback'),
  set: parseSet,
  reset: parseReset,
  show: parseShow,
  copy: parseCopy,
  discard: parseDiscard,
  prepare: parsePrepare,
  execute: parseExecute,
  deallocate: parseDeallocate,
}
