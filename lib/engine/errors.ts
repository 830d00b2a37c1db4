/** What an ErrorResponse tells. */
export interface ErrorFields {
  readonly severity: string
  readonly code: string
  readonly message: string
  readonly detail?: string
  readonly hint?: string
  /** Position in the statement's text, counted from 1 in characters. */
  readonly position?: string
}

interface Origin {
  readonly query?: string | undefined
  readonly isEvaluation?: boolean
}

/** A statement that failed, by PGlite's verdict or ours. */
export class StatementError extends Error {
  override readonly name = 'StatementError'
  readonly fields: ErrorFields
  /** The query that failed, where another statement asked for its rows. */
  readonly query: string | undefined
  /** Whether it was met in computing rows, when nothing was left that could refuse the statement. */
  readonly isEvaluation: boolean

  constructor(fields: ErrorFields, { query, isEvaluation = false }: Origin = {}) {
    super(fields.message)
    this.fields = fields
    this.query = query
    this.isEvaluation = isEvaluation
  }

  /** The same, as that of a query. */
  of(query: string): StatementError {
    return new StatementError(this.fields, { query, isEvaluation: this.isEvaluation })
  }

  /** The same, as one met in computing rows. */
  inRows(): StatementError {
    return new StatementError(this.fields, { query: this.query, isEvaluation: true })
  }
}

/** An error of Materialize's planner or evaluation, most of which carry no SQLSTATE of their own. */
export function internalError(message: string, more: Partial<ErrorFields> = {}): StatementError {
  return new StatementError({ severity: 'ERROR', code: 'XX000', message, ...more })
}

/** Why a relation that is kept up cannot be read just now. */
export const evaluationError = (failure: string): StatementError =>
  internalError(`Evaluation error: ${failure}`).inRows()

/** The history of what was asked for begins after `timestamp`; `since` is the first time that can be read. */
export class AsOfRefused extends Error {
  override readonly name = 'AsOfRefused'
  readonly timestamp: bigint
  readonly since: bigint
  /** The ids of the tables and materialized views that it would be read from. */
  readonly inputs: readonly string[]

  constructor(timestamp: bigint, since: bigint, inputs: readonly string[]) {
    super(`cannot read as of ${timestamp}: history begins at ${since}`)
    this.timestamp = timestamp
    this.since = since
    this.inputs = inputs
  }
}
