import { quoteName } from '../backend.ts'
import { isKeyword } from '../parse/keywords.ts'
import { nextToken, type Token } from '../parse/lexer.ts'
import type { Version } from '../version.ts'
import { type Place, placesOf } from './places.ts'

/** Names a relation by the parts that were written; undefined where there is none of that name. */
export type NameRelation = (parts: readonly string[]) => string | undefined

/**
 * A statement as Materialize keeps it: as it was written, but every name quoted and qualified, keywords in capitals,
 * one space where there is any. The text is cut to pieces by our own lexer; what a name is of, PostgreSQL's parser tells.
 */
export function print(sql: string, from: number, era: Version['era'], relation: NameRelation): string {
  const printer = new Printer(sql, era, relation)
  for (let at = from; at < sql.length; ) {
    const token = nextToken(sql, at)
    if (token.kind === 'end') break
    at = printer.take(token)
  }
  return printer.text
}

/** What a piece of text is to the piece after it. */
type Kind = 'name' | 'type' | 'function' | 'keyword' | 'value' | 'operator' | 'symbol'

/** Keywords that take their parenthesis as functions do. */
const CALLED = new Set(['coalesce', 'nullif', 'greatest', 'least', 'cast', 'array', 'position', 'trim'])
/** What follows the first word of a type's name. */
const TYPE_WORDS = new Set(['precision', 'varying', 'with', 'without', 'time', 'zone'])
const STARTS_QUERY = new Set(['select', 'values', 'with', 'table'])
const OPERATOR = /^[-+*/<>=~!@#%^&|`?:]+$/

class Printer {
  text = ''
  readonly #sql: string
  readonly #era: Version['era']
  readonly #relation: NameRelation
  readonly #places: ReadonlyMap<number, Place>
  #before: { readonly kind: Kind; readonly text: string; readonly end: number } | undefined
  /** Whether the last `-` or `+` stands before its operand alone. */
  #isSign = false

  constructor(sql: string, era: Version['era'], relation: NameRelation) {
    this.#sql = sql
    this.#era = era
    this.#relation = relation
    this.#places = placesOf(sql)
  }

  /** Prints what begins with a token, and answers where it ends. */
  take(token: Token): number {
    const place = this.#places.get(token.start)
    const isName = token.kind === 'quoted' || token.kind === 'word'
    if (isName && place) return this.#takePlace(token, place)
    if (token.kind === 'quoted' || (token.kind === 'word' && this.#isAlias(token))) {
      // An alias may do without its AS.
      if (this.#endsValue()) this.#put('keyword', 'AS', token)
      return this.#put('name', quoteName(token.text), token)
    }
    if (token.kind === 'word') return this.#put('keyword', token.text.toUpperCase(), token)
    if (token.kind === 'symbol') return this.#takeSymbol(token)
    return this.#put('value', this.#sql.slice(token.start, token.end), token)
  }

  /** Whether a value or the name of a relation ends here. */
  #endsValue(): boolean {
    const { kind, text } = this.#before ?? { kind: 'symbol', text: '' }
    return kind === 'name' || kind === 'type' || kind === 'value' || text === ')' || text === ']'
  }

  #isAlias({ text }: Token): boolean {
    if (this.#before?.text === 'AS') return !STARTS_QUERY.has(text)
    return !isKeyword(text, this.#era)
  }

  #takePlace(token: Token, place: Place): number {
    if (place.kind === 'type') return this.#takeType(token, place.name)
    const { parts, end } = this.#dotted(token)
    const whole = { ...token, end }
    const quoted = parts.map((part) => (part === '*' ? part : quoteName(part))).join('.')
    if (place.kind === 'column') return this.#put('name', quoted, whole)
    if (place.kind === 'relation') return this.#put('name', this.#relation(parts) ?? quoted, whole)
    const schema = parts[0]?.startsWith('mz_') ? 'mz_catalog' : 'pg_catalog'
    this.#put('function', parts.length > 1 ? quoted : `${quoteName(schema)}.${quoted}`, whole)
    return parts.at(-1) === 'extract' ? this.#takeField(end) : end
  }

  /** `extract(epoch FROM x)` is a function of two arguments. */
  #takeField(at: number): number {
    const opening = nextToken(this.#sql, at)
    const field = nextToken(this.#sql, opening.end)
    const from = nextToken(this.#sql, field.end)
    if (from.text !== 'from') return at
    this.#put('symbol', '(', opening)
    this.#put('value', `'${field.text}'`, field)
    return this.#put('symbol', ',', from)
  }

  #takeType(token: Token, name: string): number {
    let last = token
    for (let next = nextToken(this.#sql, token.end); ; next = nextToken(this.#sql, next.end)) {
      if (next.kind === 'string') return this.#put('keyword', token.text.toUpperCase(), last)
      if (next.kind !== 'word' || !TYPE_WORDS.has(next.text)) break
      last = next
    }
    const schema = name.startsWith('mz_') ? 'mz_catalog' : 'pg_catalog'
    return this.#put('type', `${quoteName(schema)}.${quoteName(name)}`, last)
  }

  #takeSymbol(token: Token): number {
    const kind = OPERATOR.test(token.text) ? 'operator' : 'symbol'
    const follows = this.#endsValue()
    this.#put(kind, token.text, token)
    this.#isSign = !follows && (token.text === '-' || token.text === '+')
    return token.end
  }

  #put(kind: Kind, text: string, { start, end }: Pick<Token, 'start' | 'end'>): number {
    this.text += this.#gap(kind, text, start) + text
    this.#before = { kind, text, end }
    this.#isSign = false
    return end
  }

  #gap(kind: Kind, text: string, start: number): string {
    const before = this.#before
    if (!before || this.#isSign || /^[([.]$|^::$/.test(before.text) || /^[)\],.;]$|^::$/.test(text)) return ''
    // `@>` comes as two tokens.
    const goesOn = kind === 'operator' && before.kind === 'operator' && before.end === start
    if (goesOn && text !== '-' && text !== '+') return ''
    const called =
      before.kind === 'function' || before.kind === 'type' || CALLED.has(before.text.toLowerCase())
    if (text === '(') return called ? '' : ' '
    if (text === '[') return called || before.kind !== 'keyword' ? '' : ' '
    return ' '
  }

  #dotted(first: Token): { parts: string[]; end: number } {
    const parts = [first.text]
    let { end } = first
    for (;;) {
      const dot = nextToken(this.#sql, end)
      if (dot.text !== '.') return { parts, end }
      const part = nextToken(this.#sql, dot.end)
      parts.push(part.text)
      end = part.end
    }
  }
}
