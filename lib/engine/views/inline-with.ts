import type { Node, Select } from './syntax.ts'

/** What the names of WITH stand for, where they can be seen. */
type Scope = ReadonlyMap<string, { readonly query: Node; readonly columns: readonly Node[] }>

/**
 * The query with what its WITH clauses name written in the places that read it: a subquery in FROM is maintained, and
 * its temporal filters are seen. What is recursive stays as it is. User relations are named with their schema.
 */
export const inlineWith = (select: Select): Select => inlined(select, new Map()) as Select

function inlined(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => inlined(item, scope))
  if (typeof value !== 'object' || value === null) return value
  if ('RangeVar' in value) return reference(value as Extract<Node, { RangeVar: unknown }>, scope)
  const { withClause, ...rest } = value as { withClause?: Select['withClause'] }
  const names = new Map(scope)
  for (const item of withClause?.ctes ?? []) {
    if (!('CommonTableExpr' in item)) continue
    const { ctename = '', ctequery, aliascolnames = [] } = item.CommonTableExpr
    if (withClause?.recursive || !ctequery) names.delete(ctename)
    else names.set(ctename, { query: inlined(ctequery, names) as Node, columns: aliascolnames })
  }
  const copy = Object.entries(rest).map(([key, item]) => [key, inlined(item, names)])
  if (withClause?.recursive) copy.push(['withClause', inlined(withClause, names)])
  return Object.fromEntries(copy)
}

function reference(node: Extract<Node, { RangeVar: unknown }>, scope: Scope): Node {
  const { schemaname, relname = '', alias } = node.RangeVar
  const named = schemaname === undefined ? scope.get(relname) : undefined
  if (!named) return node
  const given = alias?.colnames ?? []
  const colnames = [...given, ...named.columns.slice(given.length)]
  const subquery = structuredClone(named.query)
  const aliasname = alias?.aliasname ?? relname
  return {
    RangeSubselect: { subquery, alias: colnames.length > 0 ? { aliasname, colnames } : { aliasname } },
  } as Node
}
