import { type EventId, parseEventId } from '../protocol/event-id.ts'
import type { FieldError } from '../protocol/problem.ts'
import type { ShapeQuery } from '../shape/shape.ts'
import { streamQuery } from './parameters.ts'
import { readQuery } from './read-query.ts'

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
  const query = readQuery(request, streamQuery, { takesFilters: true })
  if (Array.isArray(query)) return query
  const { relation, columns, snapshot, lastEventId: first } = query.data
  // A browser that comes back by itself sends the header; a page that opens a stream anew can only use the query.
  const text = request.headers.get('last-event-id') || first
  const lastEventId = text ? parseEventId(text) : undefined
  return {
    relation,
    shape: { columns, filters: query.filters },
    lastEventId,
    // An id that is none stands for rows that the client has and we do not know: it gets them anew.
    wantsSnapshot: snapshot === 'true' || Boolean(text && !lastEventId),
  }
}
