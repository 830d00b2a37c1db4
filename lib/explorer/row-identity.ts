import type { Column } from '../protocol/events.ts'
import type { Row } from '../protocol/row.ts'
import { kindOf } from './column-kind.ts'

const KEY_NAMES = /(^|_)(id|key|uuid|code|name|host|symbol)$/i
const TIME_NAMES = /(^|_)(ts|time|timestamp|second|minute|hour|at|date)$/i
/** Looking through all rows once for each is what a snapshot may cost. */
const MAX_CANDIDATES = 3

/** A value that tells rows apart. All of a column are of one type, so that 1 and "1" never meet. */
export type Identity = number | string

/** A column that tells the rows apart, and its values. */
export interface RowIdentity {
  readonly column: string
  readonly values: Set<Identity>
}

/**
 * The column that tells the rows apart, if the rows are apart by one: then a row that goes and one that comes with
 * the same value are one row that changed. Undefined where no likely column is unique.
 */
export function guessIdentity(columns: readonly Column[], rows: readonly Row[]): RowIdentity | undefined {
  const byName = (pattern: RegExp) => columns.filter(({ name }) => pattern.test(name)).map(({ name }) => name)
  const ids = byName(/^(id|key)$/i)
  const times = rows.length > 1 ? columns.filter(isTime).map(({ name }) => name) : []
  const candidates = [...new Set([...ids, ...byName(KEY_NAMES), ...times])].slice(0, MAX_CANDIDATES)
  for (const column of candidates) {
    const values = uniqueValues(rows, column)
    if (values) return { column, values }
  }
  return undefined
}

const isTime = ({ name, type }: Column): boolean => kindOf(type) === 'time' || TIME_NAMES.test(name)

/** Undefined where two rows have the same. */
function uniqueValues(rows: readonly Row[], column: string): Set<Identity> | undefined {
  const seen = new Set<Identity>()
  for (const row of rows) {
    const identity = identityOf(row, column)
    if (identity === undefined || seen.has(identity)) return undefined
    seen.add(identity)
  }
  return seen
}

/** The value that a row is known by; undefined where it has none. */
export function identityOf(row: Row, column: string): Identity | undefined {
  const value = row[column]
  if (value === null || value === undefined) return undefined
  return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value)
}
