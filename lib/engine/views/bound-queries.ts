import type { Version } from '../version.ts'
import { and, conjuncts, type Node, parseExpression, type Select, target } from './syntax.ts'
import { callsNow, splitTemporal } from './temporal.ts'

/** Queries for the times at which temporal filters, also those of subqueries in FROM, change the result. */
export function boundQueries(select: Select, era: Version['era']): Select[] {
  if (!callsNow(select, era)) return []
  if (select.withClause || (select.op ?? 'SETOP_NONE') !== 'SETOP_NONE') {
    return [select.larg, select.rarg].flatMap((side) => (side ? boundQueries(side, era) : []))
  }
  const where = splitTemporal(conjuncts(select.whereClause), era)
  const having = splitTemporal(conjuncts(select.havingClause), era)
  const {
    sortClause: _s,
    distinctClause: _d,
    limitCount: _l,
    limitOffset: _o,
    limitOption: _p,
    ...core
  } = select
  const { whereClause: _w, havingClause: _h, groupClause: _g, ...plain } = core
  const condition = and(where.plain)
  const ofWhere = where.bounds.map(
    ({ expression }): Select => ({
      ...plain,
      ...(condition && { whereClause: condition }),
      targetList: [target(expression, 'bound')],
      limitOption: 'LIMIT_OPTION_DEFAULT',
    }),
  )
  const ofHaving = having.bounds.map(({ expression }): Select => {
    const { havingClause: _, ...grouped } = core
    const kept = and(having.plain)
    return {
      ...grouped,
      ...(kept && { havingClause: kept }),
      targetList: [target(expression, 'bound')],
      limitOption: 'LIMIT_OPTION_DEFAULT',
    }
  })
  const ofJoins = joinBounds(select, era)
  return [...ofWhere, ...ofHaving, ...ofJoins, ...innerBounds(select, era)]
}

/** The bounds in subqueries of FROM. A lateral one is asked beside what it may name. */
function innerBounds({ fromClause = [] }: Select, era: Version['era']): Select[] {
  return fromClause.flatMap(subqueriesOf).flatMap(({ subquery, lateral }, nth) => {
    if (!subquery || !('SelectStmt' in subquery)) return []
    const bounds = boundQueries(subquery.SelectStmt, era)
    return lateral ? bounds.map((bound) => besideOthers(fromClause, nth, bound)) : bounds
  })
}

function besideOthers(fromClause: readonly Node[], nth: number, bound: Select): Select {
  const from = structuredClone([...fromClause])
  for (const join of from.flatMap(joinsOf)) {
    join.jointype = 'JOIN_INNER'
    join.quals = parseExpression('true')
    delete join.usingClause
  }
  const asked = from.flatMap(subqueriesOf)[nth]
  if (asked) Object.assign(asked, { subquery: { SelectStmt: bound }, alias: { aliasname: 'mz:bound' } })
  return {
    targetList: [target(parseExpression('"mz:bound".bound'), 'bound')],
    fromClause: from,
    limitOption: 'LIMIT_OPTION_DEFAULT',
    op: 'SETOP_NONE',
  }
}

/** The bounds in ON, over all pairs of rows that its other conditions join. */
function joinBounds(select: Select, era: Version['era']): Select[] {
  const found: Select[] = []
  const joins = select.fromClause?.filter((item) => 'JoinExpr' in item) ?? []
  for (const [position, count] of joins.map((join, index) => [index, countJoins(join)] as const)) {
    for (let nth = 0; nth < count; nth++) {
      const copy = structuredClone(joins[position])
      const join = copy && nthJoin(copy, nth)
      if (!copy || !join) continue
      const { plain, bounds } = splitTemporal(conjuncts(join.quals), era)
      join.quals = and(plain) ?? parseExpression('true')
      join.jointype = 'JOIN_INNER'
      found.push(
        ...bounds.map(
          ({ expression }): Select => ({
            targetList: [target(expression, 'bound')],
            fromClause: [copy],
            limitOption: 'LIMIT_OPTION_DEFAULT',
            op: 'SETOP_NONE',
          }),
        ),
      )
    }
  }
  return found
}

type Join = Extract<Node, { JoinExpr: unknown }>['JoinExpr']

/** The joins of a FROM item, in no particular but the same order. */
function joinsOf(item: Node | undefined): Join[] {
  if (!item || !('JoinExpr' in item)) return []
  return [item.JoinExpr, ...joinsOf(item.JoinExpr.larg), ...joinsOf(item.JoinExpr.rarg)]
}

const countJoins = (item: Node): number => joinsOf(item).length
const nthJoin = (item: Node, nth: number): Join | undefined => joinsOf(item)[nth]

type Subquery = Extract<Node, { RangeSubselect: unknown }>['RangeSubselect']

/** The subqueries of a FROM item, from left to right. */
function subqueriesOf(item: Node | undefined): Subquery[] {
  if (item && 'RangeSubselect' in item) return [item.RangeSubselect]
  if (!item || !('JoinExpr' in item)) return []
  return [...subqueriesOf(item.JoinExpr.larg), ...subqueriesOf(item.JoinExpr.rarg)]
}
