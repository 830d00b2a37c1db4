import { syntaxError } from '../refuse.ts'
import type { Version } from '../version.ts'
import { isKeyword } from './keywords.ts'

export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'parameter' | 'symbol' | 'end'
  /** Words in lower case, quoted names and strings without their quotes, everything else as written. */
  readonly text: string
  readonly start: number
  readonly end: number
}

/** One statement of a query string: `[start, end)` in it, without the semicolon. */
export interface Piece {
  readonly start: number
  readonly end: number
}

const SPACE = /(?:\s+|--[^\n]*)+/y
const QUOTED = /"(?:[^"]|"")*"/y
const STRING = /'(?:[^']|'')*'/y
const ESCAPED = /[eE]'(?:[^'\\]|\\[\s\S]|'')*'/y
const DOLLAR = /\$(?:[a-zA-Z_]\w*)?\$/y
const WORD = /[a-zA-Z_\u0080-\uffff][\w$\u0080-\uffff]*/y
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y
const PARAMETER = /\$\d+/y
const SYMBOL = /::|<=|>=|<>|!=|\|\||->>|->|[\s\S]/y

function match(pattern: RegExp, sql: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(sql)?.[0]
}

/** Where white space and comments from `at` on end. Block comments nest. */
function skipBlank(sql: string, at: number): number {
  for (;;) {
    const space = match(SPACE, sql, at)
    if (space) at += space.length
    else if (sql.startsWith('/*', at)) at = blockCommentEnd(sql, at)
    else return at
  }
}

function blockCommentEnd(sql: string, start: number): number {
  let depth = 1
  for (let at = start + 2; at < sql.length; at++) {
    if (sql.startsWith('/*', at)) {
      depth++
      at++
    } else if (sql.startsWith('*/', at)) {
      depth--
      at++
      if (depth === 0) return at + 1
    }
  }
  throw syntaxError('unterminated multiline comment', positionAt(sql, start))
}

/** The token at or after `at`. */
export function nextToken(sql: string, at: number): Token {
  const start = skipBlank(sql, at)
  const token = (kind: Token['kind'], raw: string, text = raw): Token => ({
    kind,
    text,
    start,
    end: start + raw.length,
  })
  if (start >= sql.length) return token('end', '')
  const quoted = match(QUOTED, sql, start)
  if (quoted) return token('quoted', quoted, quoted.slice(1, -1).replaceAll('""', '"'))
  const escaped = match(ESCAPED, sql, start)
  if (escaped) return token('string', escaped, escaped.slice(2, -1).replaceAll("''", "'"))
  const string = match(STRING, sql, start)
  if (string) return token('string', string, string.slice(1, -1).replaceAll("''", "'"))
  const parameter = match(PARAMETER, sql, start)
  if (parameter) return token('parameter', parameter)
  const dollar = match(DOLLAR, sql, start)
  if (dollar) {
    const end = sql.indexOf(dollar, start + dollar.length)
    if (end < 0) throw syntaxError('unterminated dollar-quoted string', positionAt(sql, start))
    const raw = sql.slice(start, end + dollar.length)
    return token('string', raw, raw.slice(dollar.length, -dollar.length))
  }
  const word = match(WORD, sql, start)
  if (word) return token('word', word, word.toLowerCase())
  const number = match(NUMBER, sql, start)
  if (number) return token('number', number)
  const symbol = match(SYMBOL, sql, start) ?? ''
  if (symbol === '$') throw syntaxError('unterminated dollar-quoted string', positionAt(sql, start))
  if (symbol === "'") throw syntaxError('unterminated quoted string', positionAt(sql, start))
  if (symbol === '"') throw syntaxError('unterminated quoted identifier', positionAt(sql, start))
  return token('symbol', symbol)
}

/** Words, numbers and symbols that can neither hide a semicolon nor be one: skipped at one go. */
const PLAIN = /(?:[^;'"$/\-\w\u0080-\uffff]+|(?![eE]')[\w\u0080-\uffff][\w$\u0080-\uffff]*)+/y

/** Cuts a query string at its semicolons; pieces without a token are left out. */
export function splitStatements(sql: string): Piece[] {
  const pieces: Piece[] = []
  let start = skipBlank(sql, 0)
  for (let at = start; at < sql.length; ) {
    const plain = match(PLAIN, sql, at)
    if (plain) {
      at += plain.length
      continue
    }
    const token = nextToken(sql, at)
    if (token.kind === 'end') break
    at = token.end
    if (token.kind !== 'symbol' || token.text !== ';') continue
    if (token.start > start) pieces.push({ start, end: token.start })
    start = skipBlank(sql, at)
    at = start
  }
  if (start < sql.length) pieces.push({ start, end: sql.length })
  return pieces
}

/** Positions in errors count characters from 1. */
export const positionAt = (sql: string, offset: number): number => Array.from(sql.slice(0, offset)).length + 1

const SYMBOL_NAMES: Readonly<Record<string, string>> = {
  '(': 'left parenthesis',
  ')': 'right parenthesis',
  ',': 'comma',
  ';': 'semicolon',
  '.': 'dot',
  '*': 'star',
  '=': 'equals sign',
  '[': 'left square bracket',
  ']': 'right square bracket',
}

/** How a parser error names the token it found. */
export function describeToken(token: Token, era: Version['era']): string {
  switch (token.kind) {
    case 'end':
      return 'EOF'
    case 'word':
      return isKeyword(token.text, era) ? token.text.toUpperCase() : `identifier "${token.text}"`
    case 'quoted':
      return `identifier "${token.text}"`
    case 'string':
      return `string literal "${token.text}"`
    case 'number':
      return `number "${token.text}"`
    case 'parameter':
      return `parameter "${token.text}"`
    case 'symbol':
      return SYMBOL_NAMES[token.text] ?? `operator "${token.text}"`
    default:
      return token.kind satisfies never
  }
}
