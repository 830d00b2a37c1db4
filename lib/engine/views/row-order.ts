import type { Column, Values } from '../change.ts'
import { plainColumn } from './query-shape.ts'
import type { Node } from './syntax.ts'

/** Which of two values, or rows, comes first, as `Array.sort` has it; undefined: only PostgreSQL can tell. */
type Order<Item> = (left: Item, right: Item) => number | undefined
export type RowOrder = Order<Values>

/** The order of an ORDER BY of plain columns, told from the texts of their values; undefined: it cannot be. */
export function rowOrder(sortClause: readonly Node[], columns: readonly Column[]): RowOrder | undefined {
  const parts: RowOrder[] = []
  for (const item of sortClause) {
    if (!('SortBy' in item) || !item.SortBy.node || item.SortBy.useOp) return undefined
    const { node, sortby_dir, sortby_nulls } = item.SortBy
    const index = columns.findIndex(({ name }) => name === plainColumn(node))
    const order = ORDERS.get(columns[index]?.typeOid ?? 0)
    if (!order) return undefined
    const descends = sortby_dir === 'SORTBY_DESC'
    const nullsFirst = descends ? sortby_nulls !== 'SORTBY_NULLS_LAST' : sortby_nulls === 'SORTBY_NULLS_FIRST'
    parts.push(byColumn(index, order, descends ? -1 : 1, nullsFirst ? -1 : 1))
  }
  return (left, right) => {
    for (const part of parts) {
      const result = part(left, right)
      if (result !== 0) return result
    }
    return 0
  }
}

function byColumn(index: number, order: Order<string>, sign: number, nulls: number): RowOrder {
  return (left, right) => {
    const [a, b] = [left[index] ?? null, right[index] ?? null]
    if (a === b) return 0
    if (a === null) return nulls
    if (b === null) return -nulls
    const result = order(a, b)
    return result === undefined ? undefined : result * sign
  }
}

const compare = <Item extends string | number | bigint>(a: Item, b: Item): number =>
  a < b ? -1 : a > b ? 1 : 0

/** NaN is larger than any number. */
function asNumbers(left: string, right: string): number {
  const [a, b] = [Number(left), Number(right)]
  const isOdd = Number.isNaN(a) || Number.isNaN(b)
  return isOdd ? Number(Number.isNaN(a)) - Number(Number.isNaN(b)) : compare(a, b)
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/

function asDecimals(left: string, right: string): number | undefined {
  const [a, b] = [DECIMAL.exec(left), DECIMAL.exec(right)]
  if (!a || !b) return undefined
  const digits = Math.max(a[3]?.length ?? 0, b[3]?.length ?? 0)
  const scaled = ([, sign = '', whole = '', fraction = '']: readonly string[]) =>
    BigInt(sign + whole + fraction.padEnd(digits, '0'))
  return compare(scaled(a), scaled(b))
}

/** Texts of one length per part: neither infinite, nor before Christ, nor after the year 9999. */
const TIME = /^\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d(?:\.\d+)?)?(?:\+00)?$/

const asTimes = (left: string, right: string): number | undefined =>
  TIME.test(left) && TIME.test(right) ? compare(left, right) : undefined

/** By type. The order of texts is that of a collation, and PostgreSQL's to tell. */
const ORDERS: ReadonlyMap<number, Order<string>> = new Map<number, Order<string>>([
  [16, compare], // bool: f, t
  [20, (left, right) => compare(BigInt(left), BigInt(right))], // int8
  [21, asNumbers], // int2
  [23, asNumbers], // int4
  [700, asNumbers], // float4
  [701, asNumbers], // float8
  [1082, asTimes], // date
  [1114, asTimes], // timestamp
  [1184, asTimes], // timestamptz
  [1700, asDecimals], // numeric
])
