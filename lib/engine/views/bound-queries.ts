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
  const inner = (select.fromClause ?? []).flatMap((item) =>
    'RangeSubselect' in item && item.RangeSubselect.subquery && 'SelectStmt' in item.RangeSubselect.subquery
      ? boundQueries(item.RangeSubselect.subquery.SelectStmt, era)
      : [],
  )
  return [...ofWhere, ...ofHaving, ...ofJoins, ...inner]
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
