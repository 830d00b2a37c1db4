import type { Column } from '../protocol/events.ts'
import type { JsonValue, Row } from '../protocol/row.ts'
import { kindOf } from './column-kind.ts'

/** Which column the rows are sorted by. */
export interface RowOrder {
  readonly column: string
  readonly isDescending: boolean
}

export function isSameOrder(a: RowOrder | undefined, b: RowOrder | undefined): boolean {
  return a?.column === b?.column && a?.isDescending === b?.isDescending
}

/** What a row is sorted by; undefined for null, which is last whatever the direction. */
export type Rank = number | string | undefined

/** The rank of a row in an order. */
export function rankOf(row: Row, { name, type }: Column): Rank {
  const value: JsonValue = row[name] ?? null
  if (value === null) return undefined
  if (kindOf(type) !== 'number') return typeof value === 'string' ? value : JSON.stringify(value)
  const number = Number(value)
  // NaN is above all other numbers, as Postgres has it.
  return Number.isNaN(number) ? Number.POSITIVE_INFINITY : number
}

/** Negative where `a` comes first. */
export function compareRanks(a: Rank, b: Rank, isDescending: boolean): number {
  if (a === b) return 0
  if (a === undefined) return 1
  if (b === undefined) return -1
  return a < b !== isDescending ? -1 : 1
}

/** Two exact numbers that are the same number once rounded: by their digits. */
export function compareDigits(a: JsonValue | undefined, b: JsonValue | undefined): number {
  if (typeof a !== 'string' || typeof b !== 'string' || a === b) return 0
  if (!/^-?\d+$/.test(a) || !/^-?\d+$/.test(b)) return 0
  const [x, y] = [BigInt(a), BigInt(b)]
  return x < y ? -1 : x > y ? 1 : 0
}
