import { DatabaseError } from 'pg'
import { TooManyReadsError } from '../feed/reads.ts'
import { ShuttingDownError } from '../feeds.ts'
import { TooManyShapesError } from '../hub/hub.ts'
import { createLog } from '../log.ts'
import { isUnknownRelation, RelationMissingError, RelationTooLargeError } from '../materialize/errors.ts'
import { databaseDown, type FieldError, problem } from '../protocol/problem.ts'

/** What no database and no network throws. */
const FAULTS = [TypeError, RangeError, ReferenceError, SyntaxError]

const SOON = { 'Retry-After': '2' }

/** The answer where something has failed: in our words, as those of the database may hold SQL. */
export function refusalOf(error: unknown): Response {
  if (error instanceof RelationMissingError) {
    return problem(404, `${error.message}. GET /api/relations lists those there are.`)
  }
  if (error instanceof RelationTooLargeError) return problem(413, `${error.message}.`)
  if (
    error instanceof TooManyShapesError ||
    error instanceof ShuttingDownError ||
    error instanceof TooManyReadsError
  ) {
    return problem(503, `${error.message}.`, undefined, SOON)
  }
  if (isUnknownRelation(error)) return problem(404, 'The relation was dropped just now.')
  if (FAULTS.some((fault) => error instanceof fault)) {
    createLog('api').error({ err: error }, 'a request met a fault of ours')
    return problem(500, 'Something is wrong with the server: its log says what.')
  }
  if (error instanceof DatabaseError) {
    return problem(503, 'The database cannot do this now: its own log says why.', undefined, SOON)
  }
  return databaseDown()
}

export const notAllowed = (relation: string): Response =>
  problem(403, `The relation ${relation} may not be read here.`)

export const badRequest = (errors: readonly FieldError[]): Response =>
  problem(400, 'The request cannot be answered like this.', errors)
