import type { Side } from './join-sql.ts'
import { columnName, conjuncts, contains, lastName, type Node, type Select, walk } from './syntax.ts'

/** A join as written, and what becomes of each condition. */
export interface JoinShape {
  readonly items: Readonly<Record<Side, Node>>
  readonly keeps: Readonly<Record<Side, boolean>>
  /** Equal expressions, one over each side. */
  readonly keys: readonly Readonly<Record<Side, Node>>[]
  /** Conditions on one side that may be asked before the join. */
  readonly beneath: Readonly<Record<Side, readonly Node[]>>
  /** Conditions on its rows. */
  readonly rest: readonly Node[]
}

/** FROM as one item: what stands side by side is joined on nothing. */
export const fromItem = ({ fromClause }: Select): Node | undefined =>
  fromClause?.reduce(
    (larg, rarg) =>
      ({ JoinExpr: { jointype: 'JOIN_INNER', isNatural: false, larg, rarg, rtindex: 0 } }) as Node,
  )

const KEPT_SIDES: Readonly<Record<string, JoinShape['keeps']>> = {
  JOIN_INNER: { left: false, right: false },
  JOIN_LEFT: { left: true, right: false },
  JOIN_RIGHT: { left: false, right: true },
  JOIN_FULL: { left: true, right: true },
}

/** Takes a join apart. `where` holds for its rows. Undefined: its rows cannot be told from its sides' by keys. */
export function joinShape(item: Node, where: readonly Node[]): JoinShape | undefined {
  if (!('JoinExpr' in item)) return undefined
  const { larg, rarg, jointype, quals, usingClause, alias } = item.JoinExpr
  const keeps = KEPT_SIDES[jointype ?? '']
  if (!larg || !rarg || alias || !keeps) return undefined
  const [left, right] = [aliases(larg), aliases(rarg)]
  const sideOf = (tree: Node): Side | 'none' | 'both' | undefined => {
    const names = qualifiers(tree)
    if (!names) return undefined
    const [isLeft, isRight] = [left, right].map((side) => [...names].some((name) => side.has(name)))
    return isLeft ? (isRight ? 'both' : 'left') : isRight ? 'right' : 'none'
  }
  const isInner = !keeps.left && !keeps.right
  const keys: Record<Side, Node>[] = usingKeys(usingClause, left, right)
  if (keys.length < (usingClause?.length ?? 0)) return undefined
  const beneath: Record<Side, Node[]> = { left: [], right: [] }
  const rest: Node[] = []
  for (const [condition, isOn] of [
    ...conjuncts(quals).map((each) => [each, true] as const),
    ...where.map((each) => [each, false] as const),
  ]) {
    const side = sideOf(condition)
    if (side === undefined || contains({ condition }, (kind) => kind === 'SubLink')) return undefined
    const other = side === 'left' ? 'right' : 'left'
    const key = isOn || isInner ? equalSides(condition, sideOf) : undefined
    // A row that ON refuses is kept without a partner; a row without a partner is not what WHERE asks about.
    const isBeneath = side !== 'none' && side !== 'both' && !keeps[isOn ? side : other]
    if (key) keys.push(key)
    else if (isBeneath) beneath[side].push(condition)
    else if (isOn && !isInner) return undefined
    else rest.push(condition)
  }
  if (!isInner && keys.length === 0) return undefined
  return { items: { left: larg, right: rarg }, keeps, keys, beneath, rest }
}

/** The names under which the rows of an item are known. */
function aliases(item: Node): Set<string> {
  if ('JoinExpr' in item) {
    const { larg, rarg } = item.JoinExpr
    return new Set([larg, rarg].flatMap((each) => (each ? [...aliases(each)] : [])))
  }
  const name = aliasOf(item)
  return new Set(name === undefined ? [] : [name])
}

export function aliasOf(item: Node): string | undefined {
  if ('RangeVar' in item) return item.RangeVar.alias?.aliasname ?? item.RangeVar.relname
  return 'RangeSubselect' in item ? item.RangeSubselect.alias?.aliasname : undefined
}

/** What the columns in an expression are columns of; undefined where one does not say so. */
function qualifiers(tree: Node): Set<string> | undefined {
  const names = columnNames(tree)
  return names && new Set(names.map(([qualifier]) => qualifier))
}

/** All columns that are read, each as the name of a relation and its own; undefined: one is not written so. */
export function columnNames(tree: unknown): [relation: string, column: string][] | undefined {
  const names: [string, string][] = []
  let complete = true
  walk({ tree }, (kind, node) => {
    if (kind !== 'ColumnRef') return undefined
    const [relation, column, ...more] = columnName(node)
    if (relation === undefined || column === undefined || more.length > 0) complete = false
    else names.push([relation, column])
    return true
  })
  return complete ? names : undefined
}

function usingKeys(
  usingClause: readonly Node[] | undefined,
  left: ReadonlySet<string>,
  right: ReadonlySet<string>,
): Record<Side, Node>[] {
  const [[leftName], [rightName]] = [[...left], [...right]]
  // Of more than one relation beneath it is not said which has the column.
  if (left.size !== 1 || right.size !== 1 || leftName === undefined || rightName === undefined) return []
  return (usingClause ?? []).flatMap((column) => {
    const name = lastName([column])
    return name === undefined ? [] : [{ left: qualified(leftName, name), right: qualified(rightName, name) }]
  })
}

const qualified = (relation: string, column: string): Node =>
  ({ ColumnRef: { fields: [{ String: { sval: relation } }, { String: { sval: column } }] } }) as Node

/** The sides of an equation between an expression over one relation and one over the other. */
function equalSides(
  condition: Node,
  sideOf: (tree: Node) => Side | 'none' | 'both' | undefined,
): Record<Side, Node> | undefined {
  if (!('A_Expr' in condition) || condition.A_Expr.kind !== 'AEXPR_OP') return undefined
  const { lexpr, rexpr, name } = condition.A_Expr
  if (!lexpr || !rexpr || name?.length !== 1 || lastName(name) !== '=') return undefined
  const [first, second] = [sideOf(lexpr), sideOf(rexpr)]
  if (first === 'left' && second === 'right') return { left: lexpr, right: rexpr }
  return first === 'right' && second === 'left' ? { left: rexpr, right: lexpr } : undefined
}
