import { conjuncts, lastName, type Node, type Select } from './syntax.ts'

/** The columns of a relation that are never null. */
export type NotNull = (schema: string, name: string) => ReadonlySet<string>

/**
 * Which columns of a query can never be null, by their places, as far as its text tells: what comes from such columns,
 * what a condition holds for, counts and constants. `select` is a view's definition as PostgreSQL prints it.
 */
export function notNullColumns(select: Select, notNull: NotNull): boolean[] {
  const { larg, rarg, valuesLists } = select
  if (larg && rarg) {
    const [left, right] = [notNullColumns(larg, notNull), notNullColumns(rarg, notNull)]
    return left.map((is, index) => is && right[index] === true)
  }
  if (valuesLists) return everyRow(valuesLists)
  const scope = new Scope(notNull)
  for (const item of select.fromClause ?? []) scope.add(item)
  for (const condition of conjuncts(select.whereClause)) scope.restrict(condition)
  return (select.targetList ?? []).map(
    (target) => 'ResTarget' in target && scope.isNotNull(target.ResTarget.val),
  )
}

function everyRow(lists: readonly Node[]): boolean[] {
  const scope = new Scope(() => new Set())
  const rows = lists.map((list) =>
    'List' in list ? (list.List.items ?? []).map((item) => scope.isNotNull(item)) : [],
  )
  return (rows[0] ?? []).map((_, index) => rows.every((row) => row[index] === true))
}

const COMPARISONS = new Set(['=', '<', '>', '<=', '>=', '<>'])
const STRICT = new Set([...COMPARISONS, '+', '-', '*', '/', '%', '||'])

class Scope {
  readonly #notNull: NotNull
  /** `alias.column` and `column`: in a printed definition a bare name is of the only relation. */
  readonly #columns = new Set<string>()

  constructor(notNull: NotNull) {
    this.#notNull = notNull
  }

  add(item: Node): void {
    if ('RangeVar' in item) {
      const { schemaname = 'public', relname = '', alias } = item.RangeVar
      this.#take(alias?.aliasname ?? relname, this.#notNull(schemaname, relname))
    } else if ('RangeSubselect' in item) {
      const { subquery, alias } = item.RangeSubselect
      if (subquery && 'SelectStmt' in subquery) this.#takeQuery(alias?.aliasname ?? '', subquery.SelectStmt)
    } else if ('JoinExpr' in item) {
      const { jointype, larg, rarg, quals } = item.JoinExpr
      if (larg && jointype !== 'JOIN_RIGHT' && jointype !== 'JOIN_FULL') this.add(larg)
      if (rarg && jointype !== 'JOIN_LEFT' && jointype !== 'JOIN_FULL') this.add(rarg)
      if (jointype === 'JOIN_INNER') for (const condition of conjuncts(quals)) this.restrict(condition)
    }
  }

  /** A condition that holds: what it compares is there. */
  restrict(condition: Node): void {
    if ('NullTest' in condition) {
      const { nulltesttype, arg } = condition.NullTest
      if (nulltesttype === 'IS_NOT_NULL' && arg) this.#require(arg)
    } else if ('A_Expr' in condition && COMPARISONS.has(operatorOf(condition))) this.#require(condition)
  }

  isNotNull(node: Node | undefined): boolean {
    if (!node) return false
    if ('A_Const' in node) return node.A_Const.isnull !== true
    if ('ColumnRef' in node) return this.#columns.has(nameOf(node))
    if ('TypeCast' in node) return this.isNotNull(node.TypeCast.arg)
    if ('FuncCall' in node) return lastName(node.FuncCall.funcname) === 'count'
    if ('CoalesceExpr' in node) return (node.CoalesceExpr.args ?? []).some((arg) => this.isNotNull(arg))
    if ('BoolExpr' in node) return (node.BoolExpr.args ?? []).every((arg) => this.isNotNull(arg))
    if ('NullTest' in node) return true
    if (!('A_Expr' in node) || !STRICT.has(operatorOf(node))) return false
    const { lexpr, rexpr } = node.A_Expr
    return (!lexpr || this.isNotNull(lexpr)) && this.isNotNull(rexpr)
  }

  /** What must not be null for an expression to have a value. */
  #require(node: Node): void {
    if ('ColumnRef' in node) this.#columns.add(nameOf(node))
    else if ('TypeCast' in node && node.TypeCast.arg) this.#require(node.TypeCast.arg)
    else if ('A_Expr' in node && STRICT.has(operatorOf(node))) {
      for (const side of [node.A_Expr.lexpr, node.A_Expr.rexpr]) if (side) this.#require(side)
    }
  }

  #takeQuery(alias: string, select: Select): void {
    const found = notNullColumns(select, this.#notNull)
    const names = (select.targetList ?? []).map((target) =>
      'ResTarget' in target ? (target.ResTarget.name ?? lastColumn(target.ResTarget.val)) : undefined,
    )
    this.#take(
      alias,
      new Set(names.flatMap((name, index) => (name !== undefined && found[index] ? [name] : []))),
    )
  }

  #take(alias: string, columns: ReadonlySet<string>): void {
    for (const column of columns) this.#columns.add(column).add(`${alias}.${column}`)
  }
}

const operatorOf = (node: Extract<Node, { A_Expr: unknown }>): string =>
  node.A_Expr.kind === 'AEXPR_OP' ? (lastName(node.A_Expr.name) ?? '') : ''

const nameOf = (node: Extract<Node, { ColumnRef: unknown }>): string =>
  (node.ColumnRef.fields ?? []).map((field) => ('String' in field ? field.String.sval : '*')).join('.')

const lastColumn = (node: Node | undefined): string | undefined =>
  node && 'ColumnRef' in node ? nameOf(node).split('.').at(-1) : undefined
