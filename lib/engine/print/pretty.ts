import { nextToken } from '../parse/lexer.ts'

/** What is longer is broken into lines. */
const WIDTH = 100
const INDENT = '    '

/** The parts of a CREATE as `print` made them. */
export interface Created {
  readonly kind: 'TABLE' | 'VIEW' | 'MATERIALIZED VIEW' | 'INDEX'
  readonly name: string
  /** What follows the name: IN CLUSTER and the like. */
  readonly options: readonly string[]
  /** The columns of a table or an index, or `[(columns)] AS query`. */
  readonly body: string
}

/** A CREATE as the later servers show it: only the names quoted that must be, and long ones broken by their clauses. */
export function pretty({ kind, name, options, body }: Created): string {
  const head = `CREATE ${kind}`
  const plain = withoutQuotes(body).replaceAll(' USING (', ' USING(')
  const called = withoutQuotes(name)
  const line = [head, called, ...options, plain].join(' ')
  if (line.length < WIDTH || kind === 'INDEX') return `${line};`
  if (kind === 'TABLE') {
    const columns = items(plain.slice(1, -1)).map((column) => `\n${INDENT.repeat(3)}${column}`)
    return `${head}\n${INDENT}${called}\n${INDENT.repeat(2)}(${columns.join(',')}\n${INDENT.repeat(2)});`
  }
  const [, columns = '', query = ''] = /^(\(.*?\) )?AS (.*)$/s.exec(plain) ?? []
  if (kind === 'VIEW') {
    const title = `${called} ${columns}`.trimEnd()
    return `${head}\n${INDENT}${title}\n${INDENT}AS\n${indented(brokenQuery(query), 2)};`
  }
  const short = query.length + INDENT.length + 3 < WIDTH
  const last = short ? `${INDENT}AS ${query}` : `${INDENT}AS\n${indented(brokenQuery(query), 2)}`
  return [`${head} ${called} ${columns}`.trimEnd(), ...options.map((text) => INDENT + text), `${last};`].join(
    '\n',
  )
}

/** Words that can be no name without quotes. */
const RESERVED = new Set(
  (
    'as and any all array between case cast coalesce collate cross distinct else end except exists extract false ' +
    'fetch from full group having in inner intersect is join lateral left like limit natural not null nullif offset ' +
    'on or order outer returning right row select some then true union using values when where with within'
  ).split(' '),
)

export function withoutQuotes(text: string): string {
  return text.replaceAll(/'(?:[^']|'')*'|"([a-z_][a-z0-9_]*)"/g, (found, name: string | undefined) =>
    name === undefined || RESERVED.has(name) ? found : name,
  )
}

/** A query by its clauses, one a line; what is united with it stands further in. */
function brokenQuery(query: string): string {
  const [first = '', ...more] = cut(query, /^(?:UNION|EXCEPT|INTERSECT)$/)
  const united = more.map((part) => {
    const [, operator = '', rest = ''] = /^(\w+(?: ALL)?) (.*)$/s.exec(part) ?? []
    return `${operator}\n${indented(brokenSelect(rest), 1)}`
  })
  return [brokenSelect(first), ...united].join('\n')
}

function brokenSelect(select: string): string {
  const [first = '', ...clauses] = cut(select, /^(?:FROM|WHERE|GROUP|HAVING|ORDER|LIMIT|OFFSET)$/)
  if (first.length < WIDTH - 2 * INDENT.length) return [first, ...clauses].join('\n')
  const [, head = '', list = ''] = /^(SELECT(?: DISTINCT(?: ON \(.*?\))?)?) (.*)$/s.exec(first) ?? []
  return [head, indented(items(list).join(',\n'), 1), ...clauses].join('\n')
}

const indented = (text: string, levels: number): string => text.replaceAll(/^/gm, INDENT.repeat(levels))

/** The items of a list, without the commas between them. */
export const items = (list: string): string[] => cut(list, /^,$/).map((item) => item.replace(/^, ?/, ''))

/** Cuts a text before each token that matches, outside of parentheses. */
function cut(text: string, before: RegExp): string[] {
  const pieces: string[] = []
  let [start, depth] = [0, 0]
  for (let token = nextToken(text, 0); token.kind !== 'end'; token = nextToken(text, token.end)) {
    const raw = text.slice(token.start, token.end)
    if (depth === 0 && token.start > 0 && before.test(raw)) {
      pieces.push(text.slice(start, token.start).trimEnd())
      start = token.start
    }
    if (token.kind === 'symbol') depth += /^[([]$/.test(raw) ? 1 : /^[)\]]$/.test(raw) ? -1 : 0
  }
  return [...pieces, text.slice(start)]
}
