import { type EventId, parseEventId } from '../protocol/event-id.ts'
import type { FieldError } from '../protocol/problem.ts'
import type { ShapeQuery } from '../shape/shape.ts'

const DEFAULT_RELATION = 'sensors_view_1s'
const MAX_NAME_LENGTH = 255
const MAX_PARAMETERS = 100
/** Every other parameter is a filter on the column of its name. */
const PARAMETERS = ['relation', 'columns', 'snapshot', 'lastEventId']

/** What a client asks of a stream. */
export interface StreamRequest {
  readonly relation: string
  readonly shape: ShapeQuery
  readonly lastEventId: EventId | undefined
  /** False for a client that has no rows and wants none but those that come. */
  readonly wantsSnapshot: boolean
}

/** Reads a request for a stream, or tells each parameter that is wrong. */
export function readStreamRequest(request: Request): StreamRequest | FieldError[] {
  const query = new URL(request.url).searchParams
  const errors: FieldError[] = []
  for (const field of PARAMETERS) {
    if (query.getAll(field).length > 1) errors.push({ field, message: 'is given more than once' })
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
  if (query.size > MAX_PARAMETERS)
    errors.push({ field: 'query', message: `has more than ${MAX_PARAMETERS} parameters` })
  if (errors.length > 0) return errors
  const shape = {
    columns: query.get('columns') ?? undefined,
    filters: [...query].filter(([name]) => !PARAMETERS.includes(name)),
  }
  // A browser that comes back by itself sends the header; a page that opens a stream anew can only use the query.
  const text = request.headers.get('last-event-id') || query.get('lastEventId')
  const lastEventId = text ? parseEventId(text) : undefined
  // An id that is none stands for rows that the client has and we do not know: it gets them anew.
  return { relation, shape, lastEventId, wantsSnapshot: snapshot === 'true' || Boolean(text && !lastEventId) }
}
