import { type EventId, parseEventId } from '../protocol/event-id.ts'
import type { FieldError } from '../protocol/problem.ts'

const DEFAULT_RELATION = 'sensors_view_1s'
const MAX_NAME_LENGTH = 255
const PARAMETERS = ['relation', 'snapshot', 'lastEventId']

/** What a client asks of a stream. */
export interface StreamRequest {
  readonly relation: string
  readonly lastEventId: EventId | undefined
  /** False for a client that has no rows and wants none but those that come. */
  readonly wantsSnapshot: boolean
}

/** Reads a request for a stream, or tells each parameter that is wrong. */
export function readStreamRequest(request: Request): StreamRequest | FieldError[] {
  const query = new URL(request.url).searchParams
  const errors: FieldError[] = []
  for (const field of new Set(query.keys())) {
    if (!PARAMETERS.includes(field)) {
      errors.push({ field, message: `is no parameter of the stream: use ${PARAMETERS.join(', ')}` })
    } else if (query.getAll(field).length > 1) errors.push({ field, message: 'is given more than once' })
  }
  const relation = query.get('relation') ?? DEFAULT_RELATION
  if (relation === '' || relation.length > MAX_NAME_LENGTH) {
    errors.push({
      field: 'relation',
      message: `must be the name of a relation, at most ${MAX_NAME_LENGTH} characters`,
    })
  }
  const snapshot = query.get('snapshot') ?? 'true'
  if (snapshot !== 'true' && snapshot !== 'false') {
    errors.push({ field: 'snapshot', message: 'must be true or false' })
  }
  if (errors.length > 0) return errors
  // A browser that comes back by itself sends the header; a page that opens a stream anew can only use the query.
  const text = request.headers.get('last-event-id') || query.get('lastEventId')
  const lastEventId = text ? parseEventId(text) : undefined
  // An id that is none stands for rows that the client has and we do not know: it gets them anew.
  return { relation, lastEventId, wantsSnapshot: snapshot === 'true' || Boolean(text && !lastEventId) }
}
