import { nextToken } from '../parse/lexer.ts'
import { offsetOf } from './syntax-words.ts'

/** The qualified name that stands at a place. */
export function nameAt(sql: string, position: string | undefined): string | undefined {
  if (position === undefined) return undefined
  let name = ''
  for (let token = nextToken(sql, offsetOf(sql, Number(position))); ; token = nextToken(sql, token.end)) {
    if (token.kind !== 'word' && token.kind !== 'quoted') return undefined
    name += token.text
    const dot = nextToken(sql, token.end)
    if (dot.text !== '.') return name
    name += '.'
    token = dot
  }
}
