import { deparseSync, parseSync } from 'pgsql-parser'
import { quoteName } from '../backend.ts'

/** PostgreSQL's own parser, and what we need to know about its trees. */
export type Node = NonNullable<NonNullable<ReturnType<typeof parseSync>['stmts']>[number]['stmt']>
export type Select = Extract<Node, { SelectStmt: unknown }>['SelectStmt']
export type RangeVar = Extract<Node, { RangeVar: unknown }>['RangeVar']

/** The statements of a text. Throws libpg-query's SqlError where it is not PostgreSQL's SQL. */
export function parseStatements(sql: string): Node[] {
  return (parseSync(sql).stmts ?? []).flatMap(({ stmt }) => (stmt ? [stmt] : []))
}

export function parseSelect(sql: string): Select {
  const [statement] = parseStatements(sql)
  if (!statement || !('SelectStmt' in statement)) throw new TypeError(`not a SELECT: ${sql}`)
  return statement.SelectStmt
}

export const formatSelect = (select: Select): string =>
  deparseSync({ SelectStmt: select } as Node, { pretty: false })

export const formatExpression = (expression: Node): string => deparseSync(expression, { pretty: false })

export function parseExpression(sql: string): Node {
  const [target] = parseSelect(`SELECT ${sql}`).targetList ?? []
  const expression = target && 'ResTarget' in target ? target.ResTarget.val : undefined
  if (!expression) throw new TypeError(`not an expression: ${sql}`)
  return expression
}

export const target = (val: Node, name: string): Node => ({ ResTarget: { val, name } }) as Node

export const call = (schema: string, name: string, ...args: Node[]): Node =>
  ({
    FuncCall: {
      funcname: [{ String: { sval: schema } }, { String: { sval: name } }],
      args,
      funcformat: 'COERCE_EXPLICIT_CALL',
    },
  }) as Node

export const and = (conditions: readonly Node[]): Node | undefined =>
  conditions.length > 1
    ? ({ BoolExpr: { boolop: 'AND_EXPR', args: [...conditions] } } as Node)
    : conditions[0]

/** The conditions of a WHERE, which all must hold. */
export function conjuncts(where: Node | undefined): Node[] {
  if (!where) return []
  if ('BoolExpr' in where && where.BoolExpr.boolop === 'AND_EXPR')
    return (where.BoolExpr.args ?? []).flatMap(conjuncts)
  return [where]
}

/** Calls `visit` with every node of a tree, by kind, parents first; where it answers true, the children are left out. */
export function walk(
  tree: unknown,
  visit: (kind: string, node: Record<string, unknown>) => boolean | undefined,
): void {
  if (Array.isArray(tree)) {
    for (const item of tree) walk(item, visit)
  } else if (typeof tree === 'object' && tree !== null) {
    for (const [kind, value] of Object.entries(tree)) {
      if (typeof value !== 'object' || value === null) continue
      // Kinds of nodes begin with a capital letter, fields of nodes do not.
      const isNode = /^[A-Z]/.test(kind) && !Array.isArray(value)
      if (isNode && visit(kind, value as Record<string, unknown>)) continue
      walk(value, visit)
    }
  }
}

export function contains(
  tree: unknown,
  test: (kind: string, node: Record<string, unknown>) => boolean,
): boolean {
  let found = false
  walk(tree, (kind, node) => {
    found ||= test(kind, node)
    return found
  })
  return found
}

/** The last part of a possibly qualified name. */
export function lastName(parts: unknown): string | undefined {
  const last = Array.isArray(parts) ? parts.at(-1) : undefined
  return (last as { String?: { sval?: string } } | undefined)?.String?.sval
}

export const callsFunction = (tree: unknown, names: ReadonlySet<string>): boolean =>
  contains(tree, (kind, node) => kind === 'FuncCall' && names.has(lastName(node.funcname) ?? ''))

/** Tables and views as written, whether they stand in FROM, in a subquery or in a WITH. */
export function rangeVars(tree: unknown): RangeVar[] {
  const found: RangeVar[] = []
  walk({ tree }, (kind, node) => {
    if (kind === 'RangeVar') found.push(node as RangeVar)
    return undefined
  })
  return found
}

/** The parts of a column's name as written; none: it is not a column's name. */
export const columnName = (reference: unknown): string[] =>
  ((reference as { fields?: unknown[] }).fields ?? []).flatMap((field) => lastName([field]) ?? [])

export const columnRef = (name: string): Node =>
  ({ ColumnRef: { fields: [{ String: { sval: name } }] } }) as Node

/** A copy whose column references are replaced by what `find` gives for their names; undefined: one is unknown. */
export function substitute<Tree>(
  tree: Tree,
  find: (name: readonly string[]) => Node | undefined,
): Tree | undefined {
  let complete = true
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy)
    if (typeof value !== 'object' || value === null) return value
    if ('ColumnRef' in value) {
      const replacement = find(columnName(value.ColumnRef))
      if (!replacement) complete = false
      return structuredClone(replacement)
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item)]))
  }
  const result = copy(tree) as Tree
  return complete ? result : undefined
}

/** `WITH` clauses that are written into the query in their places, so that PostgreSQL plans it as one. */
export function withSources(
  sources: readonly (readonly [name: string, sql: string])[],
  query: string,
): string {
  if (sources.length === 0) return query
  const clauses = sources.map(([name, sql]) => `${quoteName(name)} AS NOT MATERIALIZED (${sql})`)
  // A query has one WITH: its own stays inside.
  const body = /^WITH\b/i.test(query) ? `SELECT * FROM (${query}) q` : query
  return `WITH ${clauses.join(', ')} ${body}`
}
