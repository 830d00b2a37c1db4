import { quoteName } from '../backend.ts'
import type { Column } from '../change.ts'
import { aliasOf, columnNames, joinShape } from './join-shape.ts'
import type { JoinQuery, Side } from './join-sql.ts'
import { Joined } from './joined.ts'
import { Linear } from './linear.ts'
import { type Context, type Relation, sourceName } from './relation.ts'
import {
  and,
  columnName,
  columnRef,
  formatSelect,
  type Node,
  type Select,
  substitute,
  target,
  withSources,
} from './syntax.ts'
import { splitTemporal } from './temporal.ts'

/** What a join needs of the compiler. */
export interface JoinMaker {
  readonly context: Context
  readonly now: bigint
  /** The relation that an item of FROM names, and what its columns are called there. */
  leaf(item: Node): { readonly source: Relation; readonly names: readonly string[] } | undefined
  /** A name for a relation of ours. */
  nextId(): string
  add(relation: Relation): void
}

/** A relation whose columns a query reads as those of others. */
export interface Read {
  readonly source: Relation
  /** Its columns by how the query writes them, `"t"."k"`. */
  readonly columns: ReadonlyMap<string, string>
  /** Conditions on its rows that are still to be asked. */
  readonly rest: readonly Node[]
}

type Name = readonly [relation: string, column: string]

const written = ([relation, column]: Name): string => `${quoteName(relation)}.${quoteName(column)}`

/**
 * Makes a relation for an item of FROM that may be a join, of joins too. `where` holds for its rows, `above` are the
 * columns that are read. Conditions on one side go beneath the join, with what its keys are computed of: so a row that
 * cannot be evaluated is missing before it meets others. Undefined: it cannot be maintained by its changes.
 */
export function compileJoin(
  item: Node,
  where: readonly Node[],
  above: readonly Name[],
  maker: JoinMaker,
): Read | undefined {
  if (!('JoinExpr' in item)) return readLeaf(item, where, maker)
  const shape = joinShape(item, where)
  const ofRest = columnNames(shape?.rest)
  if (!shape || !ofRest) return undefined
  const needed = [...above, ...ofRest]
  const compileSide = (side: Side) =>
    readSide(
      shape.items[side],
      shape.beneath[side],
      shape.keys.map((key) => key[side]),
      needed,
      maker,
    )
  const left = compileSide('left')
  const right = left && compileSide('right')
  if (!left || !right) return undefined
  const indexed = { left: indexKeys(left), right: indexKeys(right) }
  const isOuter = shape.keeps.left || shape.keeps.right
  if (isOuter && !(indexed.left && indexed.right)) return undefined
  const keys = shape.keys.map((_, index) => ({
    left: left.keys[index] ?? '',
    right: right.keys[index] ?? '',
  }))
  const columns = new Map<string, string>()
  const outputs: JoinQuery['outputs'][number][] = []
  const add = (side: Side, column: string): string => {
    const name = `mz:${outputs.length}`
    outputs.push({ side, column, name })
    return name
  }
  for (const name of new Set(needed.map(written))) {
    const [inLeft, inRight] = [left.columns.get(name), right.columns.get(name)]
    if (inLeft !== undefined) columns.set(name, add('left', inLeft))
    else if (inRight !== undefined) columns.set(name, add('right', inRight))
  }
  // A row must have something in it.
  if (outputs.length === 0) add('left', left.source.columns[0]?.name ?? '')
  const query = { left: left.source, right: right.source, keys, keeps: shape.keeps, outputs, indexed }
  const made = outputs.map(({ side, column, name }) => ({ ...columnOf(query[side], column), name }))
  const source = new Joined(maker.context, maker.nextId(), made, query, maker.now)
  maker.add(source)
  return { source, columns, rest: shape.rest }
}

/** A part of a query that reads the columns of `read` from it alone; undefined: it reads others. */
export const translate = <Tree>(tree: Tree, columns: Read['columns']): Tree | undefined =>
  substitute(tree, ([relation = '', column = '', ...more]) => {
    const found = more.length === 0 ? columns.get(written([relation, column])) : undefined
    return found === undefined ? undefined : columnRef(found)
  })

function readLeaf(item: Node, rest: readonly Node[], maker: JoinMaker): Read | undefined {
  const alias = aliasOf(item)
  const leaf = maker.leaf(item)
  if (alias === undefined || !leaf) return undefined
  const columns = new Map(
    leaf.source.columns.map(({ name }, index) => [written([alias, leaf.names[index] ?? name]), name]),
  )
  return { source: leaf.source, columns, rest }
}

interface ReadSide {
  readonly source: Relation
  readonly columns: Read['columns']
  /** The columns that hold the keys. */
  readonly keys: readonly string[]
}

function readSide(
  item: Node,
  where: readonly Node[],
  keys: readonly Node[],
  above: readonly Name[],
  maker: JoinMaker,
): ReadSide | undefined {
  const own = columnNames([keys, where])
  const read = own && compileJoin(item, where, [...above, ...own], maker)
  if (!read) return undefined
  const expressions = translate(keys, read.columns)
  const conditions = translate(read.rest, read.columns)
  if (!expressions || !conditions) return undefined
  const plain = expressions.flatMap((key) => ('ColumnRef' in key ? columnName(key.ColumnRef) : []))
  if (conditions.length === 0 && plain.length === keys.length) return { ...read, keys: plain }
  return computed(read, conditions, expressions, above, maker)
}

/** What is asked of one side, as a relation of its own. */
function computed(
  { source, columns }: Read,
  conditions: readonly Node[],
  keys: readonly Node[],
  above: readonly Name[],
  maker: JoinMaker,
): ReadSide {
  const { context } = maker
  const shown = [...new Set(above.map(written))].flatMap((name) => {
    const column = columns.get(name)
    return column === undefined ? [] : [[name, column] as const]
  })
  const expressions = [...shown.map(([, column]) => columnRef(column)), ...keys]
  const nameAt = (index: number) => `mz:${index}`
  const where = and(conditions)
  const select: Select = {
    targetList: expressions.map((expression, index) => target(expression, nameAt(index))),
    fromClause: [rangeOf(source)],
    ...(where && { whereClause: where }),
    limitOption: 'LIMIT_OPTION_DEFAULT',
    op: 'SETOP_NONE',
  }
  const filter = splitTemporal(conditions, context.era)
  const { whereClause: _, ...unfiltered } = select
  const made = context.backend.describe(
    withSources([[sourceName(source), source.content()]], formatSelect(unfiltered)),
  )
  const linear = new Linear(context, maker.nextId(), made, { source, select, filter }, maker.now)
  maker.add(linear)
  return {
    source: linear,
    columns: new Map(shown.map(([name], index) => [name, nameAt(index)])),
    keys: keys.map((_, index) => nameAt(shown.length + index)),
  }
}

export const rangeOf = (source: Relation): Node =>
  ({
    RangeVar: {
      relname: sourceName(source),
      inh: true,
      relpersistence: 'p',
      alias: { aliasname: sourceName(source) },
    },
  }) as Node

function columnOf({ columns }: Relation, name: string): Column {
  const column = columns.find((each) => each.name === name)
  if (!column) throw new TypeError(`no column ${name}`)
  return column
}

/** See `indexKeys` of a GROUP BY. */
function indexKeys({ source, keys }: ReadSide): boolean {
  const parts = keys.map((key) => ({ expression: columnRef(key), order: '' }))
  const [first] = parts
  if (!first) return false
  const isFixed = keys.every((key) => columnOf(source, key).typeSize > 0)
  return isFixed ? source.index(parts, 'btree') : source.index([first], 'hash')
}
