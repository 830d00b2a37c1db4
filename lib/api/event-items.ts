import { eventSchemas } from '../protocol/events.ts'
import { type JsonSchema, schemaRef } from './components.ts'

const ID = {
  type: 'string',
  description: '`EPOCH:TIMESTAMP`: the state of the rows once this event is applied.',
}

/** Of each kind of event: when it comes, and whether it has an id. */
const KINDS: Readonly<Record<keyof typeof eventSchemas, { when: string; id?: 'always' | 'sometimes' }>> = {
  snapshot: { when: 'All rows, in parts of at most 1,000. Only the last part has an id.', id: 'sometimes' },
  update: { when: 'All changes after the previous id, consolidated, retractions first.', id: 'always' },
  heartbeat: { when: 'Every 5 seconds; has an id where the client has everything.', id: 'sometimes' },
  status: { when: 'The database was lost, came back, or the relation is no more.' },
  bye: { when: 'The server goes away, and the stream ends.' },
}

/**
 * The schema of one event of the stream, as OpenAPI 3.2 describes server-sent events: `data` is a text, and what that
 * text holds is told by `contentSchema`.
 */
export function eventItemSchema(): JsonSchema {
  const kinds = Object.entries(KINDS) as [keyof typeof eventSchemas, (typeof KINDS)['snapshot']][]
  return {
    oneOf: kinds.map(([event, { when, id }]) => ({
      type: 'object',
      title: event,
      description: when,
      properties: {
        event: { type: 'string', const: event },
        ...(id && { id: ID }),
        data: {
          type: 'string',
          contentMediaType: 'application/json',
          contentSchema: schemaRef(eventSchemas[event]),
        },
        retry: { type: 'integer', minimum: 1000, maximum: 4000 },
      },
      required: ['event', 'data', ...(id === 'always' ? ['id'] : [])],
      additionalProperties: false,
    })),
  }
}
