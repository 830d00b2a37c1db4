import { parseSync } from 'pgsql-parser'
import { evaluation, plan, type Rule, rule, type Words } from './error-rule.ts'
import { nameAt } from './name-at.ts'

/** The later server names the function. */
const misplacedAggregate: Words = ([, clause], { sql, version }, { position }) => {
  const name = version.era === 'tail' ? undefined : nameAt(sql, position)
  const named = name === undefined ? '' : ` (function pg_catalog.${name})`
  return plan(`aggregate functions are not allowed in ${clause} clause${named}`)
}

/** Of both sides the argument that is no text is told. */
const likeArgument: Words = ([, left = '', right = '']) => {
  const type = TEXTS.has(left) ? right : left
  return plan(`LIKE argument does not support implicitly casting from ${type} to text`)
}

const TEXTS = new Set(['text', 'unknown', 'character varying', 'character'])

/** What queries are refused for as a whole, and what they meet when they run. */
export const QUERY_RULES: readonly Rule[] = [
  rule(
    '42803',
    /^aggregate functions are not allowed in (WHERE|GROUP BY|JOIN conditions)$/,
    misplacedAggregate,
  ),
  rule('42601', /^each (\w+) query must have the same number of columns$/, ([message], { sql }) => {
    const [left, right] = unequalSides(sql) ?? []
    return plan(left === undefined ? message : `${message}: ${left} vs ${right}`)
  }),
  rule('42601', /^subquery must return only one column$/, (_, { sql }) =>
    plan(`Expected subselect to return 1 column, got ${wideSubquery(sql) ?? 'several'} columns`),
  ),
  rule('42883', /^operator does not exist: (.+?) !?~~\*? (.+)$/, likeArgument),
  rule('42804', /^column "(.+)" is of type (.+) but expression is of type (.+)$/, ([message]) =>
    plan(message),
  ),
  rule('42P02', /^there is no parameter (\$\d+)$/, ([message], { sql, version }) => {
    if (!/^\s*(create|tail)\b/i.test(sql)) return {}
    return version.era === 'tail' ? plan(message) : { message: 'views cannot have parameters' }
  }),
  rule('42601', /^CREATE VIEW specifies more column names than columns$/, ([message]) => plan(message)),
  rule(
    '21000',
    /^more than one row returned by a subquery/,
    evaluation(() => 'more than one record produced in subquery'),
  ),
  rule(
    '22003',
    /^(?:smallint|integer|bigint) out of range$/,
    evaluation(([message], { version }) => (version.era === 'tail' ? message : 'numeric field overflow')),
  ),
  rule(
    '22008',
    /^date\/time field value out of range: "(.*)"$/,
    evaluation(([, text = '']) => `invalid input syntax for type ${dateError(text)}: "${text}"`),
  ),
]

/** Only of a date the reason is known. */
function dateError(text: string): string {
  const [, month, rest] = /^\d+-(\d+)-\d+(.*)$/.exec(text) ?? []
  const type = rest ? 'timestamp' : 'date'
  return Number(month) > 12 ? `${type}: MONTH must be [1, 12], got ${Number(month)}` : type
}

type Node = Readonly<Record<string, unknown>>

/** How many columns the sides of the first UNION and the like have that do not fit; undefined where a star hides it. */
function unequalSides(sql: string): [number, number] | undefined {
  return find(sql, ({ larg, rarg }) => {
    const [left, right] = [width(larg), width(rarg)]
    return left !== undefined && right !== undefined && left !== right ? [left, right] : undefined
  })
}

/** How many columns the first subquery has that stands where one value is wanted. */
const wideSubquery = (sql: string): number | undefined =>
  find(sql, ({ SubLink }) => {
    const columns = width(((SubLink as Node | undefined)?.subselect as Node | undefined)?.SelectStmt)
    return columns === 1 ? undefined : columns
  })

function width(select: unknown): number | undefined {
  const { targetList, larg } = (select ?? {}) as Node
  if (larg) return width(larg)
  if (!Array.isArray(targetList) || JSON.stringify(targetList).includes('A_Star')) return undefined
  return targetList.length
}

/** The first answer that a node of the statement gives. */
function find<Result>(sql: string, test: (node: Node) => Result | undefined): Result | undefined {
  const search = (tree: unknown): Result | undefined => {
    if (typeof tree !== 'object' || tree === null) return undefined
    const found = Array.isArray(tree) ? undefined : test(tree as Node)
    if (found !== undefined) return found
    for (const value of Object.values(tree)) {
      const inner = search(value)
      if (inner !== undefined) return inner
    }
    return undefined
  }
  return search(parseSync(sql))
}
