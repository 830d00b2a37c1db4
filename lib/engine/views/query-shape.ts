import type { Column } from '../change.ts'
import { type Relation, sourceName } from './relation.ts'
import { contains, lastName, type Node, type Select } from './syntax.ts'

/** One plain SELECT, each row or group of which stands for itself. */
export function isSimple(select: Select): boolean {
  const { fromClause, withClause, windowClause, limitCount, limitOffset, lockingClause, valuesLists, op } =
    select
  if (!fromClause || withClause || windowClause || limitCount || limitOffset || lockingClause) return false
  if (valuesLists || (op ?? 'SETOP_NONE') !== 'SETOP_NONE') return false
  const { fromClause: _, ...rest } = select
  // A whole row would show the columns we add; a subquery reads more than the row.
  return !contains(
    rest,
    (kind, node) => kind === 'SubLink' || kind === 'A_Star' || (kind === 'FuncCall' && 'over' in node),
  )
}

/** The query with its output named like the view's columns. */
export function named(select: Select, columns: readonly Column[]): Select {
  const targets = select.targetList ?? []
  if (targets.length !== columns.length) return select
  return {
    ...select,
    targetList: targets.map((item, index) =>
      'ResTarget' in item ? ({ ResTarget: { ...item.ResTarget, name: columns[index]?.name } } as Node) : item,
    ),
  }
}

export function ordinal(key: Node, targets: readonly Node[]): Node {
  const position = 'A_Const' in key ? key.A_Const.ival?.ival : undefined
  return (position !== undefined ? targets[position - 1] : undefined) ?? key
}

export function rename(
  range: { schemaname?: string; relname?: string; alias?: unknown },
  source: Relation,
): void {
  range.alias ??= { aliasname: range.relname }
  range.relname = sourceName(source)
  delete range.schemaname
}

export function renamed(item: Node, source: Relation): Node {
  const copy = structuredClone(item)
  if ('RangeVar' in copy) rename(copy.RangeVar, source)
  return copy
}

/** The name of the column that an expression is, and nothing else. */
export const plainColumn = (expression: Node | undefined): string | undefined =>
  expression && 'ColumnRef' in expression ? lastName(expression.ColumnRef.fields) : undefined

/** Whether a query of one relation hands on what is in its rows as it is. */
export function keepsRows({ fromClause, targetList = [] }: Select, source: readonly Column[]): boolean {
  const [from] = fromClause ?? []
  if (!from || !('RangeVar' in from) || from.RangeVar.alias?.colnames) return false
  if (targetList.length !== source.length) return false
  return targetList.every(
    (item, index) => 'ResTarget' in item && plainColumn(item.ResTarget.val) === source[index]?.name,
  )
}
