/** The server answers, but is no Materialize. */
export class NotMaterializeError extends Error {
  override readonly name = 'NotMaterializeError'
  constructor(cause: unknown) {
    super('The database does not know mz_version(): MATERIALIZE_URL must lead to a Materialize', { cause })
  }
}

/** The catalog answered, and has no such relation. */
export class RelationMissingError extends Error {
  override readonly name = 'RelationMissingError'
  constructor(relation: string) {
    super(`There is no relation ${relation}`)
  }
}

/** The relation is not the one that was opened: dropped, recreated or altered. */
export class RelationChangedError extends Error {
  override readonly name = 'RelationChangedError'
  constructor(relation: string) {
    super(`${relation} was dropped or redefined`)
  }
}

/** The relation has more rows than a page can hold. */
export class RelationTooLargeError extends Error {
  override readonly name = 'RelationTooLargeError'
  constructor(relation: string, maxRows: number) {
    super(
      `${relation} has more than ${maxRows.toLocaleString('en')} rows: stream a view that aggregates or filters it`,
    )
  }
}

/** History at the asked time is gone: begin again with a snapshot. */
export class AsOfRefusedError extends Error {
  override readonly name = 'AsOfRefusedError'
  constructor(asOf: bigint, cause: unknown) {
    super(`The database no longer holds the state as of ${asOf}`, { cause })
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '')

/** Told by the words, since their SQLSTATE differs between versions and is shared with other errors. */
export function isAsOfRefusal(error: unknown): boolean {
  const message = messageOf(error)
  return (
    (message.startsWith('Timestamp (') && message.includes('is not valid for all inputs')) ||
    message === 'could not find a valid timestamp for the query'
  )
}

export function isUnknownRelation(error: unknown): boolean {
  return messageOf(error).startsWith('unknown catalog item')
}

export function isSyntaxError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '42601'
}
