import { nextToken, type Token } from './lexer.ts'

/**
 * `double` alone is a type to Materialize, not to PostgreSQL. Its other name is as long, so that all places stay where
 * they are.
 */
export function withTypeNames(sql: string): string {
  if (!/\bdouble\b(?!\s+precision\b)/i.test(sql)) return sql
  const parts: string[] = []
  let copied = 0
  /** Of each open parenthesis: whether it is that of a CAST. */
  const casts: boolean[] = []
  const before: Token[] = []
  for (let token = nextToken(sql, 0); token.kind !== 'end'; token = nextToken(sql, token.end)) {
    const last = before.at(-1)
    if (token.text === '(') casts.push(last?.text === 'cast')
    else if (token.text === ')') casts.pop()
    const alone =
      token.kind === 'word' && token.text === 'double' && nextToken(sql, token.end).text !== 'precision'
    if (alone && (last?.text === '::' || (last?.text === 'as' && casts.at(-1)) || isColumn(before, sql))) {
      parts.push(sql.slice(copied, token.start), 'float8')
      copied = token.end
    }
    before.push(token)
  }
  return parts.join('') + sql.slice(copied)
}

/** Whether what comes next is the type of a column of a new table. */
function isColumn(before: readonly Token[], sql: string): boolean {
  const [opening, name] = before.slice(-2)
  if (!opening || !name || (opening.text !== '(' && opening.text !== ',')) return false
  return (name.kind === 'word' || name.kind === 'quoted') && /\bcreate\s+(temp\w*\s+)?table\b/i.test(sql)
}
