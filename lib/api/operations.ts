import { z } from 'zod'
import { rowSchema } from '../protocol/events.ts'
import { type JsonSchema, schemaRef } from './components.ts'
import { eventItemSchema } from './event-items.ts'
import { idempotencyKey, noQuery, relationPath, rowsQuery, sensorsQuery, streamQuery } from './parameters.ts'
import { readingsSchema, storedSchema } from './reading.ts'
import { aboutSchema, liveSchema, readySchema, relationSchema, relationsSchema } from './schemas.ts'

/** A body by its media type; `item` is the schema of each of the things that follow one another in it. */
export type Content = Readonly<
  Record<string, { readonly schema?: JsonSchema; readonly itemSchema?: JsonSchema }>
>

export interface SuccessDescription {
  readonly status: number
  readonly description: string
  readonly headers?: Readonly<Record<string, string>>
  readonly content: Content
}

/** One operation as clients meet it. */
export interface Operation {
  readonly id: string
  readonly method: 'get' | 'post'
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly description?: string
  readonly pathParameters?: z.ZodObject
  readonly query: z.ZodObject
  /** Other parameters of the query are conditions on columns. */
  readonly takesFilters?: boolean
  readonly headers?: Readonly<Record<string, { readonly schema: z.ZodType; readonly description: string }>>
  readonly body?: Content
  readonly success: SuccessDescription
  /** Statuses of problems beside those that any operation may answer. */
  readonly problems: readonly number[]
  /** Wants no token. */
  readonly isPublic?: boolean
}

const json = (schema: z.ZodType): Content => ({ 'application/json': { schema: schemaRef(schema) } })
const rows = { type: 'array', items: schemaRef(rowSchema) }
const X_TIMESTAMP = {
  'X-Timestamp': 'The time that all rows are as of: Materialize’s, in milliseconds, as digits.',
}

/** All operations of the API, in the order of a page about them. */
export const OPERATIONS: readonly Operation[] = [
  {
    id: 'openStream',
    method: 'get',
    path: '/api/stream',
    tag: 'Stream',
    summary: 'A relation’s rows, and then every change of them',
    description:
      'Server-sent events. The first line is `retry:`, then come a snapshot in parts and updates. A client’s rows are exact at every id it has read; with its last id it continues where it was.',
    query: streamQuery,
    takesFilters: true,
    headers: {
      'Last-Event-ID': {
        schema: z.string(),
        description: 'The last id that was read; browsers send it by themselves when they reconnect.',
      },
    },
    success: {
      status: 200,
      description: 'An endless stream of events.',
      content: { 'text/event-stream': { itemSchema: eventItemSchema() } },
    },
    problems: [403, 404, 413, 503],
  },
  {
    id: 'listRelations',
    method: 'get',
    path: '/api/relations',
    tag: 'Relations',
    summary: 'The relations that can be read',
    query: noQuery,
    success: { status: 200, description: 'All of them.', content: json(relationsSchema) },
    problems: [503],
  },
  {
    id: 'describeRelation',
    method: 'get',
    path: '/api/relations/{name}',
    tag: 'Relations',
    summary: 'One relation',
    pathParameters: relationPath,
    query: noQuery,
    success: {
      status: 200,
      description: 'Its columns, its kind, how many rows it has, and how many clients watch it.',
      content: json(relationSchema),
    },
    problems: [403, 404, 503],
  },
  {
    id: 'readRows',
    method: 'get',
    path: '/api/relations/{name}/rows',
    tag: 'Relations',
    summary: 'The rows of a relation, all as of one time',
    description:
      'In no order. Read page by page as the client takes them, so any number costs little memory; a client that leaves ends the query. At most 16 are answered at once.',
    pathParameters: relationPath,
    query: rowsQuery,
    takesFilters: true,
    success: {
      status: 200,
      description: 'The rows, as the stream has them. A body that is cut off is not complete.',
      headers: X_TIMESTAMP,
      content: {
        'application/json': { schema: rows },
        'text/csv': { schema: { type: 'string' } },
        'application/x-ndjson': { itemSchema: schemaRef(rowSchema) },
      },
    },
    problems: [403, 404, 503],
  },
  {
    id: 'readSensors',
    method: 'get',
    path: '/api/sensors',
    tag: 'Sensors',
    summary: 'The readings of the last ten minutes',
    description: 'The rows of `sensors_view`, all as of one time.',
    query: sensorsQuery,
    success: {
      status: 200,
      description: 'The readings.',
      headers: X_TIMESTAMP,
      content: { 'application/json': { schema: rows } },
    },
    problems: [403, 404, 503],
  },
  {
    id: 'storeReadings',
    method: 'post',
    path: '/api/sensors',
    tag: 'Sensors',
    summary: 'Stores one reading, or up to 10,000',
    description:
      'All are stored or none. With an `Idempotency-Key` a request that is sent again, or twice at once, is done once and answered alike; this server remembers keys for ten minutes.',
    query: noQuery,
    headers: {
      'Idempotency-Key': {
        schema: idempotencyKey,
        description:
          'Any text of the client’s own, such as a UUID. Under the same key no other body is taken.',
      },
    },
    body: json(readingsSchema),
    success: { status: 202, description: 'How many were stored.', content: json(storedSchema) },
    problems: [403, 404, 413, 415, 422, 503],
  },
  {
    id: 'about',
    method: 'get',
    path: '/api',
    tag: 'Server',
    summary: 'What this is, and where the rest lies',
    query: noQuery,
    success: { status: 200, description: 'Name, version, database and links.', content: json(aboutSchema) },
    problems: [503],
  },
  {
    id: 'openapi',
    method: 'get',
    path: '/api/openapi.json',
    tag: 'Server',
    summary: 'This description',
    query: noQuery,
    success: {
      status: 200,
      description: 'OpenAPI 3.2. It has an ETag.',
      content: { 'application/json': { schema: { type: 'object' } } },
    },
    problems: [],
  },
  {
    id: 'live',
    method: 'get',
    path: '/api/health/live',
    tag: 'Server',
    summary: 'Whether the process answers',
    query: noQuery,
    success: { status: 200, description: 'It does.', content: json(liveSchema) },
    problems: [],
    isPublic: true,
  },
  {
    id: 'ready',
    method: 'get',
    path: '/api/health/ready',
    tag: 'Server',
    summary: 'Whether the database answers and the cursors progress',
    query: noQuery,
    success: { status: 200, description: 'They do.', content: json(readySchema) },
    problems: [503],
    isPublic: true,
  },
  {
    id: 'metrics',
    method: 'get',
    path: '/api/metrics',
    tag: 'Server',
    summary: 'What Prometheus reads',
    query: noQuery,
    success: {
      status: 200,
      description: 'Streams, cursors and the process, in the text format 0.0.4.',
      content: { 'text/plain': { schema: { type: 'string' } } },
    },
    problems: [],
  },
]
