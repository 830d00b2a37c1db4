import type { ErrorFields } from '../errors.ts'
import { describeToken, nextToken, type Token } from '../parse/lexer.ts'
import type { Version } from '../version.ts'

/** Words after which a name stands. */
const NAMED = new Set(['from', 'join', 'into', 'table', 'view', 'index', 'schema', 'update', 'as'])

/**
 * PostgreSQL's parser stops at the same token as Materialize's, but says less about it: what was expected is told by the
 * tokens before. `place` counts characters of the statement from 1.
 */
export function syntaxWords(sql: string, place: number, era: Version['era']): Partial<ErrorFields> {
  const stop = offsetOf(sql, place)
  const { before, open } = tokensBefore(sql, stop)
  const found = nextToken(sql, stop)
  const last = before.at(-1)
  const wantsName = last?.kind === 'word' && NAMED.has(last.text)
  if (found.kind === 'end') {
    if (wantsName) return { message: 'Expected identifier, found EOF' }
    return { message: open && !wantsMore(last) ? 'Expected right parenthesis, found EOF' : 'Unexpected EOF' }
  }
  // To Materialize a keyword is a name where one is wanted.
  if (last?.text === 'from' && found.kind === 'word') {
    return { code: 'XX000', message: `unknown catalog item '${found.text}'`, position: undefined }
  }
  return { message: `Expected ${expected(before, open)}, found ${describeToken(found, era)}` }
}

function expected(before: readonly Token[], open: boolean): string {
  const [first, second] = before
  if (before.length === 1 && first?.text === 'insert') return 'INTO'
  if (first?.text === 'with' && second?.text === 'recursive') return 'AS'
  return open ? 'right parenthesis' : 'end of statement'
}

const wantsMore = (last: Token | undefined): boolean =>
  last?.kind === 'symbol' && last.text !== ')' && last.text !== '*'

/** The tokens up to an offset, and whether a parenthesis is open there. */
function tokensBefore(sql: string, stop: number): { before: Token[]; open: boolean } {
  const before: Token[] = []
  let depth = 0
  for (
    let token = nextToken(sql, 0);
    token.kind !== 'end' && token.end <= stop;
    token = nextToken(sql, token.end)
  ) {
    before.push(token)
    if (token.kind === 'symbol') depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0
  }
  return { before, open: depth > 0 }
}

/** The offset of a character in UTF-16, of which one character may take two. */
export const offsetOf = (sql: string, place: number): number =>
  Array.from(sql)
    .slice(0, place - 1)
    .join('').length
