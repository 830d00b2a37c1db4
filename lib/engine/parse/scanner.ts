import { internalError, type StatementError } from '../errors.ts'
import { syntaxError } from '../refuse.ts'
import type { Version } from '../version.ts'
import { isKeyword } from './keywords.ts'
import { describeToken, nextToken, positionAt, type Token } from './lexer.ts'

/** A value in a WITH list: a word or literal as written; undefined where only the name stands. */
export interface Option {
  readonly name: string
  readonly value: { readonly kind: 'string' | 'number' | 'word'; readonly text: string } | undefined
}

export type Era = Version['era']

/** Steps through the tokens of one statement, and says what it expected where it stops. */
export class Scanner {
  readonly era: Era
  /** The query string up to the statement's end: positions count from the string's beginning. */
  readonly #sql: string
  #at: number

  constructor(sql: string, start: number, end: number, era: Era) {
    this.#sql = sql.slice(0, end)
    this.#at = start
    this.era = era
  }

  /** One that looks ahead, without moving this one. */
  fork(): Scanner {
    return new Scanner(this.#sql, this.#at, this.#sql.length, this.era)
  }

  peek(): Token {
    return nextToken(this.#sql, this.#at)
  }

  next(): Token {
    const token = this.peek()
    this.#at = token.end
    return token
  }

  /** The token after the next one. */
  peekSecond(): Token {
    return nextToken(this.#sql, this.peek().end)
  }

  /** Takes the next token if it is one of these words or symbols. */
  take(...texts: readonly string[]): string | undefined {
    const token = this.peek()
    const plain = token.kind === 'word' || token.kind === 'symbol'
    if (!plain || !texts.includes(token.text)) return undefined
    this.#at = token.end
    return token.text
  }

  expect(text: string, as = text.toUpperCase()): void {
    if (!this.take(text)) throw this.unexpected(as)
  }

  identifier(): string {
    const token = this.peek()
    if (token.kind !== 'word' && token.kind !== 'quoted') throw this.unexpected('identifier')
    this.#at = token.end
    return token.text
  }

  /** `a.b.c`; there is one database, whose name is left out. */
  name(): string[] {
    const parts = [this.identifier()]
    while (this.take('.')) parts.push(this.identifier())
    if (parts.length < 3) return parts
    if (parts[0] !== 'materialize') throw internalError(`unknown database '${parts[0]}'`)
    return parts.slice(1)
  }

  end(): void {
    if (this.peek().kind !== 'end') throw this.unexpected('end of statement')
  }

  /** Whether a word stands somewhere ahead, be it inside of a text. Cheap, for a long statement. */
  mentions(word: string): boolean {
    return new RegExp(`\\b${word}\\b`, 'i').test(this.#sql.slice(this.#at))
  }

  get atEnd(): boolean {
    return this.peek().kind === 'end'
  }

  /** The text from here to the end of the statement. */
  rest(): string {
    const text = this.#sql.slice(this.peek().start)
    this.#at = this.#sql.length
    return text.trimEnd()
  }

  /** A scanner of what is inside the parenthesis that opens here; this one goes on behind it. */
  inner(): { scanner: Scanner; text: string; closing: Token } {
    this.expect('(', 'left parenthesis')
    const start = this.#at
    for (let depth = 1; ; ) {
      const closing = this.next()
      if (closing.kind === 'end') throw this.unexpected('right parenthesis', closing)
      if (closing.kind !== 'symbol') continue
      if (closing.text === '(') depth++
      if (closing.text === ')' && --depth === 0) {
        const scanner = new Scanner(this.#sql, start, closing.start, this.era)
        return { scanner, text: this.#sql.slice(start, closing.start).trim(), closing }
      }
    }
  }

  /** The text up to where `stops` holds, outside of parentheses, or to the end of the statement. */
  textUpTo(stops: (token: Token, second: Token) => boolean): string {
    if (this.atEnd) throw this.error('Unexpected EOF')
    const { start } = this.peek()
    let end = start
    for (let depth = 0; !this.atEnd; end = this.next().end) {
      const token = this.peek()
      if (depth === 0 && token.kind === 'word' && stops(token, this.peekSecond())) break
      if (token.kind === 'symbol') depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0
    }
    return this.#sql.slice(start, end)
  }

  /** `WITH (name [= value], ...)`; the word WITH was taken. `check` may refuse a name. */
  options(check: (name: Token) => void = () => {}, equalsOptional = this.era === 'subscribe'): Option[] {
    this.expect('(', 'left parenthesis')
    const options: Option[] = []
    do {
      check(this.peek())
      options.push(this.#option(equalsOptional))
    } while (this.take(','))
    this.expect(')', 'right parenthesis')
    return options
  }

  #option(equalsOptional: boolean): Option {
    const name = this.identifier()
    const equals = this.take('=') !== undefined
    const token = this.peek()
    const closes = token.kind === 'symbol' && (token.text === ',' || token.text === ')')
    if (!equals && (closes || !equalsOptional)) {
      if (!closes) throw this.unexpected('equals sign')
      return { name, value: undefined }
    }
    const sign = this.take('-') ?? ''
    const second = this.peekSecond()
    // `INTERVAL '1s'` is the string, for the later parser.
    if (this.era === 'subscribe' && second.kind === 'string') this.take('interval')
    const { kind, text } = this.next()
    if (kind !== 'string' && kind !== 'number' && kind !== 'word') throw this.unexpected('option value')
    return { name, value: { kind, text: sign + text } }
  }

  /** The statement begins with a word that begins none. */
  unexpectedStart(): StatementError {
    const token = this.peek()
    const keyword = token.kind === 'word' && isKeyword(token.text, this.era)
    if (keyword) {
      return this.error(`Unexpected keyword ${token.text.toUpperCase()} at the beginning of a statement`)
    }
    return this.unexpected('a keyword at the beginning of a statement')
  }

  unexpected(expected: string, token = this.peek()): StatementError {
    return this.error(`Expected ${expected}, found ${describeToken(token, this.era)}`, token)
  }

  error(message: string, token = this.peek()): StatementError {
    return syntaxError(message, positionAt(this.#sql, token.start))
  }
}
