import type { Column } from '../change.ts'
import { canBeKey, type Key } from './group-keys.ts'
import { ordinal } from './query-shape.ts'
import { type Context, type IndexPart, type Relation, sourceName } from './relation.ts'
import { contains, formatSelect, type Node, type Select, target, withSources } from './syntax.ts'

/** What the groups of a query have in common; undefined: it cannot be told. */
export function groupKeys(
  context: Context,
  query: Select,
  source: Relation,
  isAggregate: boolean,
): Key[] | undefined {
  const distinct = query.distinctClause as unknown[] | undefined
  if (distinct && (isAggregate || query.groupClause)) return undefined
  const targets = (query.targetList ?? []).flatMap((item) =>
    'ResTarget' in item && item.ResTarget.val ? [item.ResTarget.val] : [],
  )
  const isPlainDistinct = distinct?.length === 1 && Object.keys(distinct[0] ?? {}).length === 0
  const written = isPlainDistinct ? targets : ((distinct as Node[] | undefined) ?? query.groupClause ?? [])
  const expressions = written.map((key) => ordinal(key, targets))
  if (contains(expressions, (kind) => kind === 'GroupingSet')) return undefined
  if (expressions.length === 0) return []
  const types = typesOf(context, expressions, query, source)
  if (!types.every(({ typeOid }) => canBeKey(typeOid))) return undefined
  indexKeys(context, expressions, query, source)
  return expressions.map((expression, index) => ({ expression, typeOid: types[index]?.typeOid ?? 0 }))
}

function typesOf(
  { backend }: Context,
  expressions: readonly Node[],
  { fromClause }: Select,
  source: Relation,
): Column[] {
  const probe: Select = {
    targetList: expressions.map((expression, index) => target(expression, `t${index}`)),
    ...(fromClause && { fromClause }),
    limitOption: 'LIMIT_OPTION_DEFAULT',
    op: 'SETOP_NONE',
  }
  return backend.describe(withSources([[sourceName(source), source.content()]], formatSelect(probe)))
}

/**
 * An index on the keys, for DISTINCT ON in the order that tells the first row. A btree takes no value of more than
 * 2,700 bytes, a hash takes any: so text is hashed.
 */
function indexKeys(context: Context, keys: readonly Node[], query: Select, source: Relation): void {
  const [from] = query.fromClause ?? []
  if (!from || !('RangeVar' in from) || from.RangeVar.alias?.colnames) return
  const sorted = (query.distinctClause ? (query.sortClause ?? []) : []).flatMap((item): IndexPart[] => {
    if (!('SortBy' in item) || !item.SortBy.node || item.SortBy.useOp) return []
    const { node, sortby_dir, sortby_nulls } = item.SortBy
    const direction = sortby_dir === 'SORTBY_DESC' ? ' DESC' : ''
    const nulls = { SORTBY_NULLS_FIRST: ' NULLS FIRST', SORTBY_NULLS_LAST: ' NULLS LAST' }[
      sortby_nulls as string
    ]
    return [{ expression: node, order: direction + (nulls ?? '') }]
  })
  const parts = sorted.length > 0 ? sorted : keys.map((expression) => ({ expression, order: '' }))
  const types = typesOf(
    context,
    parts.map(({ expression }) => expression),
    query,
    source,
  )
  const [first] = keys
  if (types.every(({ typeSize }) => typeSize > 0)) source.index(parts, 'btree')
  else if (first) source.index([{ expression: first, order: '' }], 'hash')
}
