import type { Column } from '../protocol/events.ts'
import type { Row } from '../protocol/row.ts'
import { kindOf } from './column-kind.ts'

const KEY_NAMES = /(^|_)(id|key|uuid|code|name|host|symbol)$/i
const TIME_NAMES = /(^|_)(ts|time|timestamp|second|minute|hour|at|date)$/i
/** Looking through all rows once for each is what a snapshot may cost. */
const MAX_CANDIDATES = 3

/**
 * The column that tells the rows apart, if the rows are apart by one: then a row that goes and one that comes with
 * the same value are one row that changed. Undefined where no likely column is unique.
 */
export function guessIdentity(columns: readonly Column[], rows: readonly Row[]): string | undefined {
  const byName = (pattern: RegExp) => columns.filter(({ name }) => pattern.test(name)).map(({ name }) => name)
  const ids = byName(/^(id|key)$/i)
  const times = rows.length > 1 ? columns.filter(isTime).map(({ name }) => name) : []
  const candidates = [...new Set([...ids, ...byName(KEY_NAMES), ...times])].slice(0, MAX_CANDIDATES)
  return candidates.find((column) => isUnique(rows, column))
}

const isTime = ({ name, type }: Column): boolean => kindOf(type) === 'time' || TIME_NAMES.test(name)

function isUnique(rows: readonly Row[], column: string): boolean {
  const seen = new Set<string>()
  for (const row of rows) {
    const identity = identityOf(row, column)
    if (identity === undefined || seen.has(identity)) return false
    seen.add(identity)
  }
  return true
}

/** The value that a row is known by; undefined where it has none. */
export function identityOf(row: Row, column: string): string | undefined {
  const value = row[column]
  return value === null || value === undefined ? undefined : JSON.stringify(value)
}
