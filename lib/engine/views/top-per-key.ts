import type { Column } from '../change.ts'
import { contains, formatExpression, formatSelect, type Node, type Select, withSources } from './syntax.ts'

/**
 * Whether a DISTINCT ON hands on whole rows of its source, as `SELECT DISTINCT ON (id) * ...` does. Then the row that is
 * kept for a key stands for all the others: of new rows and that one, the first is the first of all.
 */
export function keepsWholeRows(
  select: Select,
  columns: readonly Column[],
  source: readonly Column[],
): boolean {
  const targets = select.targetList ?? []
  const isDistinctOn = Object.keys(select.distinctClause?.[0] ?? {}).length > 0
  if (!isDistinctOn || select.limitCount || targets.length !== source.length) return false
  if (contains(select.sortClause, (kind) => kind === 'FuncCall')) return false
  return targets.every((item, index) => {
    const name = 'ResTarget' in item && item.ResTarget.val ? plainName(item.ResTarget.val) : undefined
    return name === source[index]?.name && name === columns[index]?.name
  })
}

function plainName(expression: Node): string | undefined {
  const [last] = 'ColumnRef' in expression ? (expression.ColumnRef.fields ?? []).slice(-1) : []
  return last && 'String' in last ? last.String.sval : undefined
}

/** The rows that are kept for the touched keys, and the new ones: what the query is to be run over. */
export function candidates(
  { fromClause }: Select,
  source: string,
  sql: {
    readonly kept: string
    readonly added: string
    readonly touched: string
    readonly columns: readonly string[]
    readonly keys: readonly Node[]
  },
): string {
  const all = formatSelect({
    targetList: [{ ResTarget: { val: { ColumnRef: { fields: [{ A_Star: {} }] } } } }] as Node[],
    ...(fromClause && { fromClause }),
    limitOption: 'LIMIT_OPTION_DEFAULT',
    op: 'SETOP_NONE',
  })
  const keys = sql.keys.map(formatExpression).join()
  const kept = withSources([[source, sql.kept]], `${all} WHERE (${keys}) IN (${sql.touched})`)
  return `SELECT * FROM (${kept}) k UNION ALL SELECT ${sql.columns.join()} FROM (${sql.added}) a`
}
