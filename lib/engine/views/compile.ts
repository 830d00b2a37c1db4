import { quoteName } from '../backend.ts'
import type { Column } from '../change.ts'
import { StatementError } from '../errors.ts'
import { boundQueries } from './bound-queries.ts'
import { groupKeys } from './group-shape.ts'
import { inlineWith } from './inline-with.ts'
import { compileJoin, rangeOf, translate } from './join-compile.ts'
import { columnNames, fromItem } from './join-shape.ts'
import { Keyed } from './keyed.ts'
import { Linear } from './linear.ts'
import { isSimple, named, rename, renamed } from './query-shape.ts'
import { Recomputed } from './recomputed.ts'
import { type Context, type Relation, sourceName } from './relation.ts'
import {
  and,
  callsFunction,
  conjuncts,
  formatSelect,
  type Node,
  parseExpression,
  parseSelect,
  rangeVars,
  type Select,
  target,
} from './syntax.ts'
import {
  callsNow,
  refuseUnmaintainable,
  splitTemporal,
  type TemporalFilter,
  withoutWallClock,
} from './temporal.ts'

/** Finds the relation that a query names; undefined: it is none of the user's. */
export type Resolve = (schema: string, name: string) => Relation | undefined

/** Relations of ours beneath a view are named after it. */
interface Naming {
  readonly id: string
  count: number
}

/**
 * Makes the maintained form of a view. What it costs is told by its shape: selections and projections of one
 * relation and temporal filters are `Linear`, GROUP BY and DISTINCT over one relation `Keyed`, all else is
 * `Recomputed`. A join, a subquery in FROM, or a temporal filter below a GROUP BY becomes a relation of its own beneath.
 */
export class Compiler {
  readonly #context: Context
  readonly #resolve: Resolve
  readonly #aggregates: ReadonlySet<string>
  /** What it made, sources first. */
  readonly made: Relation[] = []

  constructor(context: Context, resolve: Resolve) {
    this.#context = context
    this.#resolve = resolve
    const names = context.backend.query(`SELECT DISTINCT proname FROM pg_proc WHERE prokind IN ('a', 'w')`)
    this.#aggregates = new Set(names.map(([name]) => name ?? ''))
  }

  /** `sql` is a view's definition as PostgreSQL prints it: names resolved, stars expanded. */
  compile(id: string, sql: string, columns: readonly Column[], now: bigint): Relation {
    return this.#select(inlineWith(parseSelect(sql)), { id, count: 0 }, columns, now)
  }

  #select(written: Select, naming: Naming, columns: readonly Column[], now: bigint): Relation {
    const where = written.whereClause && withoutWallClock(written.whereClause, this.#context.era)
    const select = { ...written, ...(where && { whereClause: where }) }
    const { targetList, groupClause, distinctClause, sortClause, limitCount } = select
    // An order matters only where it chooses the rows.
    const chosen = limitCount ? sortClause : undefined
    refuseUnmaintainable([targetList, groupClause, distinctClause, chosen], this.#context.era)
    const before = this.made.length
    let made = this.#simple(select, naming, columns, now)
    if (!made) {
      for (const unused of this.made.splice(before).reverse()) unused.close()
      made = this.#any(select, naming, columns, now)
    }
    this.made.push(made)
    return made
  }

  /** A query over one relation, or over a join of some. */
  #simple(select: Select, naming: Naming, columns: readonly Column[], now: bigint): Relation | undefined {
    if (!isSimple(select)) return undefined
    const isAggregate = callsFunction([select.targetList, select.havingClause], this.#aggregates)
    const isKeyed = isAggregate || Boolean(select.groupClause || select.havingClause || select.distinctClause)
    if (isKeyed && callsNow([select.havingClause, select.sortClause], this.#context.era)) return undefined
    const from = this.#over(named(select, columns), naming, now)
    if (!from) return undefined
    const query = from.select
    const filter = splitTemporal(conjuncts(query.whereClause), this.#context.era)
    if (!isKeyed) {
      const { sortClause: _, ...unsorted } = query
      return new Linear(
        this.#context,
        naming.id,
        columns,
        { source: from.source, select: unsorted, filter },
        now,
      )
    }
    const keys = groupKeys(this.#context, query, from.source, isAggregate)
    if (!keys) return undefined
    if (filter.bounds.length === 0) {
      return new Keyed(this.#context, naming.id, columns, { source: from.source, select: query, keys }, now)
    }
    const filtered = this.#filtered(from, filter, naming, now)
    const { whereClause: _, ...rest } = query
    const node = renamed(from.node, filtered)
    return new Keyed(
      this.#context,
      naming.id,
      columns,
      { source: filtered, select: { ...rest, fromClause: [node] }, keys },
      now,
    )
  }

  /** The relation that is read, the node that names it, and the query over it. */
  #over(
    select: Select,
    naming: Naming,
    now: bigint,
  ): { node: Node; source: Relation; select: Select } | undefined {
    const item = fromItem(select)
    if (!item || !('JoinExpr' in item)) {
      const from = this.#from(item, naming, now)
      return from && { ...from, select: { ...select, fromClause: [from.node] } }
    }
    const { fromClause: _f, whereClause, ...others } = select
    const above = columnNames(others)
    const joined =
      above &&
      compileJoin(item, conjuncts(whereClause), above, {
        context: this.#context,
        now,
        leaf: (leaf) => this.#leaf(leaf, naming, now),
        nextId: () => `${naming.id}.${++naming.count}`,
        add: (relation) => this.made.push(relation),
      })
    if (!joined) return undefined
    const where = and(joined.rest)
    const query = translate({ ...others, ...(where && { whereClause: where }) }, joined.columns)
    const node = rangeOf(joined.source)
    return query && { node, source: joined.source, select: { ...query, fromClause: [node] } }
  }

  #leaf(item: Node, naming: Naming, now: bigint): { source: Relation; names: readonly string[] } | undefined {
    const from = this.#from(item, naming, now)
    return from && { source: from.source, names: columnsOf(from) }
  }

  /** The relation in FROM, and the node that names it. */
  #from(item: Node | undefined, naming: Naming, now: bigint): { node: Node; source: Relation } | undefined {
    if (item && 'RangeVar' in item) {
      const source = this.#resolve(item.RangeVar.schemaname ?? '', item.RangeVar.relname ?? '')
      return source && { node: renamed(item, source), source }
    }
    if (!item || !('RangeSubselect' in item) || item.RangeSubselect.lateral) return undefined
    const { subquery, alias } = item.RangeSubselect
    if (!subquery || !('SelectStmt' in subquery)) return undefined
    const columns = this.#columns(subquery.SelectStmt)
    if (!columns || new Set(columns.map(({ name }) => name)).size < columns.length) return undefined
    const source = this.#select(
      subquery.SelectStmt,
      { id: `${naming.id}.${++naming.count}`, count: 0 },
      columns,
      now,
    )
    return {
      node: { RangeVar: { relname: sourceName(source), inh: true, relpersistence: 'p', alias } } as Node,
      source,
    }
  }

  /** All columns of a relation, under its temporal filter alone. */
  #filtered(
    from: { node: Node; source: Relation },
    filter: TemporalFilter,
    naming: Naming,
    now: bigint,
  ): Relation {
    const { columns } = from.source
    const id = `${naming.id}.${++naming.count}`
    const names = columnsOf(from)
    const where = and([...filter.plain, ...this.#restored(filter)])
    const select: Select = {
      targetList: names.map((name, index) =>
        target(parseExpression(quoteName(name)), columns[index]?.name ?? name),
      ),
      fromClause: [from.node],
      ...(where && { whereClause: where }),
      limitOption: 'LIMIT_OPTION_DEFAULT',
      op: 'SETOP_NONE',
    }
    const made = new Linear(this.#context, id, columns, { source: from.source, select, filter }, now)
    this.made.push(made)
    return made
  }

  /** The temporal conditions, from their bounds. */
  #restored({ bounds }: TemporalFilter): Node[] {
    const now = `current_setting('mz.now')::numeric`
    return bounds.map(({ side, expression }) => {
      const condition = parseExpression(`${now} ${side === 'upper' ? '<' : '>='} 0`)
      if ('A_Expr' in condition) condition.A_Expr.rexpr = expression
      return condition
    })
  }

  #any(select: Select, naming: Naming, columns: readonly Column[], now: bigint): Relation {
    const bounds = boundQueries(select, this.#context.era)
    const tree = structuredClone({ select, bounds })
    const sources = new Set<Relation>()
    let opaque = false
    for (const range of rangeVars(tree)) {
      const source = range.schemaname ? this.#resolve(range.schemaname, range.relname ?? '') : undefined
      if (source) {
        sources.add(source)
        rename(range, source)
      } else {
        opaque ||= range.schemaname !== undefined
      }
    }
    const query = {
      sources: [...sources],
      sql: formatSelect(named(tree.select, columns)),
      bounds: tree.bounds.map(formatSelect),
      opaque,
    }
    return new Recomputed(this.#context, naming.id, columns, query, now)
  }

  /** The columns of a subquery; undefined where PGlite cannot tell them apart from its surroundings. */
  #columns(select: Select): Column[] | undefined {
    try {
      return this.#context.backend.savepoint(() => this.#context.backend.describe(formatSelect(select)))
    } catch (error) {
      if (error instanceof StatementError) return undefined
      throw error
    }
  }
}

/** What the columns of a relation are called where a query names it. */
function columnsOf({ node, source }: { node: Node; source: Relation }): string[] {
  const alias = 'RangeVar' in node ? node.RangeVar.alias : undefined
  return source.columns.map(({ name }, index) => {
    const renaming = alias?.colnames?.[index]
    return renaming && 'String' in renaming ? (renaming.String.sval ?? name) : name
  })
}
