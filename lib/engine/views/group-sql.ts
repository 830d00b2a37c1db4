import { quoteName as quote } from '../backend.ts'
import { KEYS, type Key, keyName, keyTarget, sameKey } from './group-keys.ts'
import { type Relation, sourceName } from './relation.ts'
import { and, formatSelect, type Node, parseExpression, type Select, target, withSources } from './syntax.ts'

/** A query over one relation whose result falls apart by key: GROUP BY, DISTINCT, DISTINCT ON. */
export interface KeyedQuery {
  readonly source: Relation
  /** FROM holds the source under `sourceName`; no temporal filter. */
  readonly select: Select
  /** What rows of one group have in common; none: all rows are one group. */
  readonly keys: readonly Key[]
}

/** Which keys: those without a NULL, those with one, or all. */
type Nulls = 'strict' | 'null' | 'any'

/** Rows of all keys, each after its key. */
export function allSql({ source, select, keys }: KeyedQuery, content = source.content()): string {
  const all = formatSelect({ ...select, targetList: [...keys.map(keyTarget), ...(select.targetList ?? [])] })
  return withSources([[sourceName(source), content]], all)
}

/** The keys of some rows, in their text forms where they are shown. */
export function touchedSql({ source, select, keys }: KeyedQuery, rows: string, nulls: Nulls): string {
  const names = keys.map((_, index) => quote(keyName(index)))
  const inner = formatSelect({
    targetList: keys.map(keyTarget),
    ...(select.fromClause && { fromClause: select.fromClause }),
    ...(select.whereClause && { whereClause: select.whereClause }),
    limitOption: 'LIMIT_OPTION_DEFAULT',
    op: 'SETOP_NONE',
  })
  const distinct = withSources(
    [[sourceName(source), rows]],
    `SELECT DISTINCT ${names.join()} FROM (${inner}) q`,
  )
  const where = nulls === 'null' ? ` WHERE ${names.map((name) => `${name} IS NULL`).join(' OR ')}` : ''
  return `SELECT * FROM (${distinct}) q${where} ORDER BY ${names.join()}`
}

/**
 * The query for each touched key: keys, whether there is a row, the row. Equality finds an index but no NULL;
 * so keys with a NULL are asked for apart.
 */
export function perKeySql(
  query: KeyedQuery,
  rows: string,
  nulls: Nulls,
  offset?: number,
  content = query.source.lookup(),
): string {
  const { select, keys } = query
  const source: readonly [string, string] = [sourceName(query.source), content]
  const conditions = keys.map((key, index) => sameKey(key.expression, index, nulls === 'strict'))
  const where = and([...(select.whereClause ? [select.whereClause] : []), ...conditions])
  const one = formatSelect({
    ...select,
    ...(where && { whereClause: where }),
    targetList: [target(parseExpression('true'), 'mz:present'), ...(select.targetList ?? [])] as Node[],
  })
  if (keys.length === 0) return withSources([source], one)
  const shown = keys.map((_, index) => `${quote(KEYS)}.${quote(keyName(index))}`)
  const limit = offset === undefined ? '' : ` LIMIT 1 OFFSET ${offset}`
  return withSources(
    [source],
    `SELECT ${shown.join()}, q.* FROM (${touchedSql(query, rows, nulls)}${limit}) ${quote(KEYS)}
      LEFT JOIN LATERAL (${one}) q ON true`,
  )
}
