import { type PreparedStatement, quoteName as quote } from '../backend.ts'
import type { Column, Values } from '../change.ts'
import { StatementError } from '../errors.ts'
import type { Update } from '../subscription.ts'
import { Kept } from './kept.ts'
import { type Context, type Copies, type Relation, type Step, sourceName } from './relation.ts'
import { Consolidation, rowKey } from './rows.ts'
import {
  and,
  call,
  formatSelect,
  type Node,
  parseExpression,
  type Select,
  target,
  withSources,
} from './syntax.ts'

/** A query over one relation whose result falls apart by key: GROUP BY, DISTINCT, DISTINCT ON. */
export interface KeyedQuery {
  readonly source: Relation
  /** FROM holds the source under `sourceName`; no temporal filter. */
  readonly select: Select
  /** What rows of one group have in common; none: all rows are one group. */
  readonly keys: readonly Key[]
}

export interface Key {
  readonly expression: Node
  readonly typeOid: number
}

/** Types whose equal values also look alike, or can be made to. */
const KEY_FORMS: Readonly<Record<number, (key: Node) => Node>> = {
  ...Object.fromEntries(
    [16, 17, 20, 21, 23, 25, 26, 1043, 1082, 1083, 1114, 1184, 2950].map((oid) => [oid, same]),
  ),
  700: addZero,
  701: addZero,
  1700: (key) => call('pg_catalog', 'trim_scale', key),
}

export const canBeKey = (typeOid: number): boolean => typeOid in KEY_FORMS

function same(key: Node): Node {
  return key
}

/** Minus zero equals zero. */
function addZero(key: Node): Node {
  const zero = parseExpression('0')
  return { A_Expr: { kind: 'AEXPR_OP', name: [{ String: { sval: '+' } }], lexpr: key, rexpr: zero } } as Node
}

const keyTarget = ({ expression, typeOid }: Key, index: number): Node =>
  target(KEY_FORMS[typeOid]?.(expression) ?? expression, keyName(index))

const KEYS = 'mz:keys'
const keyName = (index: number): string => `mz:key:${index}`

/**
 * A GROUP BY or top-1 per key. A change touches some keys; the query is run for each of them alone, over the whole
 * source restricted to that key, and compared with what was kept for it. With an index on the key this costs the
 * size of the touched groups (100 of 1,000 groups, 100,000 rows: see the bench), without one a scan for each key.
 */
export class Keyed extends Kept {
  readonly #source: Relation
  readonly #query: KeyedQuery
  #prepared: PreparedStatement | undefined
  readonly #groups = new Map<string, readonly Values[]>()
  /** Groups that cannot be evaluated; their rows are missing. */
  readonly #failed = new Map<string, StatementError>()

  constructor(context: Context, id: string, columns: readonly Column[], query: KeyedQuery, now: bigint) {
    super(context, id, columns, [query.source], now)
    this.#source = query.source
    this.#query = query
    for (const [key, rows] of this.#evaluateAll()) this.#keep(key, rows)
  }

  protected definition(): string {
    return withSources([[sourceName(this.#source), this.#source.content()]], formatSelect(this.#query.select))
  }

  step(step: Step): Update[] {
    const { timestamp, changed, enter } = step
    const isRenewed = this.failureChanged()
    if (!isRenewed && !changed.has(this.#source)) return []
    enter()
    const groups = isRenewed ? this.#evaluateAll() : this.#evaluate()
    if (isRenewed) for (const key of this.#groups.keys()) if (!groups.has(key)) groups.set(key, [])
    const changes = new Consolidation()
    for (const [key, rows] of groups) {
      for (const values of this.#groups.get(key) ?? []) changes.add(values, -1)
      for (const values of rows) changes.add(values, 1)
      this.#keep(key, rows)
    }
    return this.report(changes.changes(timestamp), step)
  }

  snapshot(): Iterable<Copies> {
    const rows = new Consolidation()
    for (const group of this.#groups.values()) for (const values of group) rows.add(values, 1)
    return rows.rows()
  }

  override close(): void {
    this.#prepared?.close()
    super.close()
  }

  #keep(key: string, rows: readonly Values[]): void {
    if (rows.length > 0) this.#groups.set(key, rows)
    else this.#groups.delete(key)
  }

  /** Rows of all keys. */
  #evaluateAll(): Map<string, Values[]> {
    const { backend } = this.context
    const { select, keys } = this.#query
    const all = formatSelect({
      ...select,
      targetList: [...keys.map(keyTarget), ...(select.targetList ?? [])],
    })
    const sql = withSources([[sourceName(this.#source), this.#source.content()]], all)
    try {
      const rows = backend.savepoint(() => backend.rows(sql))
      for (const key of [...this.#failed.keys()]) this.#heal(key)
      return this.#gather(rows.map((row) => [row, true]))
    } catch (error) {
      if (!(error instanceof StatementError)) throw error
      return this.#evaluateEach(this.#source.content())
    }
  }

  /** Rows of each touched key; none where the group is gone. */
  #evaluate(): Map<string, Values[]> {
    const { backend } = this.context
    try {
      this.#prepared ??= backend.savepoint(() =>
        backend.prepare(this.#perKey(this.#source.delta(), 'strict')),
      )
      const prepared = this.#prepared
      const rows = backend.savepoint(() => prepared.rows())
      const groups = this.#gather(rows.map((row) => [row, isPresent(row, this.#query.keys.length)]))
      if (this.#hasNullKey(rows)) {
        const nulls = backend.savepoint(() => backend.rows(this.#perKey(this.#source.delta(), 'null')))
        for (const [key, found] of this.#gather(
          nulls.map((row) => [row, isPresent(row, this.#query.keys.length)]),
        )) {
          groups.set(key, found)
        }
      }
      // A HAVING may have removed the only row.
      if (this.#query.keys.length === 0 && groups.size === 0) groups.set(rowKey([]), [])
      for (const key of groups.keys()) this.#heal(key)
      return groups
    } catch (error) {
      if (!(error instanceof StatementError)) throw error
      return this.#evaluateEach(this.#source.delta())
    }
  }

  /** Key by key, where a group cannot be evaluated. */
  #evaluateEach(rows: string): Map<string, Values[]> {
    const { backend } = this.context
    const groups = new Map<string, Values[]>()
    const width = this.#query.keys.length
    let keys: Values[]
    try {
      keys = width === 0 ? [[]] : backend.savepoint(() => backend.rows(this.#touched(rows, 'any')))
    } catch (error) {
      // The keys themselves cannot be told: nothing is known of any group.
      if (!(error instanceof StatementError)) throw error
      this.#fail('', error)
      return groups
    }
    this.#heal('')
    for (const [index, keyValues] of keys.entries()) {
      const key = rowKey(keyValues)
      this.#heal(key)
      try {
        const found = backend.savepoint(() => backend.rows(this.#perKey(rows, 'any', index)))
        groups.set(
          key,
          found.flatMap((row) => (isPresent(row, width) ? [row.slice(width + 1)] : [])),
        )
      } catch (error) {
        if (!(error instanceof StatementError)) throw error
        this.#fail(key, error)
        groups.set(key, [])
      }
    }
    return groups
  }

  #fail(key: string, error: StatementError): void {
    this.#heal(key)
    this.#failed.set(key, error)
    this.failures.add(error, 1)
  }

  #heal(key: string): void {
    const error = this.#failed.get(key)
    if (!error) return
    this.#failed.delete(key)
    this.failures.add(error, -1)
  }

  #gather(rows: readonly (readonly [row: Values, present: boolean])[]): Map<string, Values[]> {
    const width = this.#query.keys.length
    const groups = new Map<string, Values[]>()
    for (const [row, present] of rows) {
      const key = rowKey(row.slice(0, width))
      const group = groups.get(key) ?? []
      if (present) group.push(row.slice(row.length - this.columns.length))
      groups.set(key, group)
    }
    return groups
  }

  #hasNullKey(rows: readonly Values[]): boolean {
    const width = this.#query.keys.length
    return rows.some((row) => row.slice(0, width).includes(null))
  }

  /** The keys of some rows, in their text forms where they are shown. */
  #touched(rows: string, nulls: 'strict' | 'null' | 'any'): string {
    const { select, keys } = this.#query
    const names = keys.map((_, index) => quote(keyName(index)))
    const inner = formatSelect({
      targetList: keys.map(keyTarget),
      ...(select.fromClause && { fromClause: select.fromClause }),
      ...(select.whereClause && { whereClause: select.whereClause }),
      limitOption: 'LIMIT_OPTION_DEFAULT',
      op: 'SETOP_NONE',
    })
    const distinct = withSources(
      [[sourceName(this.#source), rows]],
      `SELECT DISTINCT ${names.join()} FROM (${inner}) q`,
    )
    const where = nulls === 'null' ? ` WHERE ${names.map((name) => `${name} IS NULL`).join(' OR ')}` : ''
    return `SELECT * FROM (${distinct}) q${where} ORDER BY ${names.join()}`
  }

  /**
   * The query for each touched key: keys, whether there is a row, the row. Equality finds an index but no NULL;
   * so keys with a NULL are asked for apart.
   */
  #perKey(rows: string, nulls: 'strict' | 'null' | 'any', offset?: number): string {
    const { select, keys } = this.#query
    const source: readonly [string, string] = [sourceName(this.#source), this.#source.content()]
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
      `SELECT ${shown.join()}, q.* FROM (${this.#touched(rows, nulls)}${limit}) ${quote(KEYS)}
        LEFT JOIN LATERAL (${one}) q ON true`,
    )
  }
}

const isPresent = (row: Values, width: number): boolean => row[width] !== null

function sameKey(key: Node, index: number, strict: boolean): Node {
  const other = parseExpression(`${quote(KEYS)}.${quote(keyName(index))}`)
  return {
    A_Expr: {
      kind: strict ? 'AEXPR_OP' : 'AEXPR_NOT_DISTINCT',
      name: [{ String: { sval: '=' } }],
      lexpr: key,
      rexpr: other,
    },
  } as Node
}
