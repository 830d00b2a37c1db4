import type { Column } from '../protocol/events.ts'
import type { Row } from '../protocol/row.ts'
import type { Steps } from '../steps.ts'
import { isIdName, isLikelyTime, isPlainId } from './column-names.ts'

/** Looking through all rows once for each is what a snapshot may cost. */
const MAX_CANDIDATES = 3
const ROWS_IN_STEP = 500

/** A value that tells rows apart. All of a column are of one type, so that 1 and "1" never meet. */
export type Identity = number | string

/** A column that tells the rows apart, and its values. */
interface RowIdentity {
  readonly column: string
  readonly values: Set<Identity>
}

/**
 * The column that tells the rows apart, if the rows are apart by one: then a row that goes and one that comes with
 * the same value are one row that changed. Undefined where no likely column is unique.
 */
export function* guessIdentity(
  columns: readonly Column[],
  rows: readonly Row[],
): Steps<RowIdentity | undefined> {
  const names = columns.map(({ name }) => name)
  const times = rows.length > 1 ? columns.filter(isLikelyTime).map(({ name }) => name) : []
  const likely = [...names.filter(isPlainId), ...names.filter(isIdName), ...times]
  const candidates = [...new Set(likely)].slice(0, MAX_CANDIDATES)
  for (const column of candidates) {
    const values = yield* uniqueValues(rows, column)
    if (values) return { column, values }
  }
  return undefined
}

/** Undefined where two rows have the same. */
function* uniqueValues(rows: readonly Row[], column: string): Steps<Set<Identity> | undefined> {
  const seen = new Set<Identity>()
  for (const [index, row] of rows.entries()) {
    const identity = identityOf(row, column)
    if (identity === undefined || seen.has(identity)) return undefined
    seen.add(identity)
    if (index % ROWS_IN_STEP === ROWS_IN_STEP - 1) yield ROWS_IN_STEP
  }
  return seen
}

/** The value that a row is known by; undefined where it has none. */
function identityOf(row: Row, column: string): Identity | undefined {
  const value = row[column]
  if (value === null || value === undefined) return undefined
  return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value)
}

/** The identity of the rows of a relation as they come and go, for as long as it tells them apart. */
export class KnownIdentity {
  #column: string | undefined
  readonly #values: Set<Identity>

  constructor(found: RowIdentity | undefined) {
    this.#column = found?.column
    this.#values = found?.values ?? new Set()
  }

  /** Undefined where no column tells rows apart. */
  get column(): string | undefined {
    return this.#column
  }

  /** A row comes; answers what it is known by. */
  enter(row: Row): Identity | undefined {
    const identity = this.#of(row)
    if (identity === undefined) return undefined
    if (this.#values.has(identity)) {
      // Two rows with the same value: it is no identity after all.
      this.#column = undefined
      this.#values.clear()
    } else this.#values.add(identity)
    return identity
  }

  /** A row goes; answers what it was known by. */
  leave(row: Row): Identity | undefined {
    const identity = this.#of(row)
    if (identity !== undefined) this.#values.delete(identity)
    return identity
  }

  #of(row: Row): Identity | undefined {
    return this.#column === undefined ? undefined : identityOf(row, this.#column)
  }
}
