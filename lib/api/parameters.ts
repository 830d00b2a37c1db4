import { z } from 'zod'

const MAX_NAME_LENGTH = 255
/** More rows than anybody can hold are not read, see `MAX_ROWS` of `lib/feed/supervise.ts`. */
export const MAX_LIMIT = 1_000_000
const DEFAULT_LIMIT = 1_000
export const MAX_SENSOR_ROWS = 10_000

const relationMessage = `must be the name of a relation: 1 to ${MAX_NAME_LENGTH} characters, none of them NUL`

/** `NAME` of schema `public`, or `SCHEMA.NAME`. */
const relation = z
  .string()
  .min(1, relationMessage)
  .max(MAX_NAME_LENGTH, relationMessage)
  // PostgreSQL's protocol ends texts with it.
  .refine((name) => !name.includes('\0'), relationMessage)
  .meta({
    description: 'A table, view, materialized view or source: `NAME` of schema `public`, or `SCHEMA.NAME`.',
  })

export const relationPath = z.object({ name: relation.meta({ example: 'sensors_latest' }) })

const columns = z.string().optional().meta({
  description:
    'Only these columns, names between commas; a name with a comma or a quote stands in double quotes.',
  example: 'id,pm25',
})

const limit = (max: number) => {
  const message = `must be a whole number from 1 to ${max}`
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .pipe(z.int().min(1, message).max(max, message))
    .prefault(String(DEFAULT_LIMIT))
    .meta({
      description: `How many rows at most.`,
      type: 'integer',
      minimum: 1,
      maximum: max,
      default: DEFAULT_LIMIT,
    })
}

/** What `GET /api/stream` takes beside conditions on columns. */
export const streamQuery = z.object({
  relation: relation.default('sensors_view_1s'),
  columns,
  snapshot: z
    .enum(['true', 'false'], 'must be true or false')
    .default('true')
    .meta({ description: 'With `false` only what comes: the first event is then a heartbeat with an id.' }),
  lastEventId: z
    .string()
    .optional()
    .meta({ description: 'The last id that was read, for a first connection; the header goes before it.' }),
})

export const ROW_FORMATS = ['json', 'csv', 'ndjson'] as const

/** What `GET /api/relations/NAME/rows` takes beside conditions on columns. */
export const rowsQuery = z.object({
  limit: limit(MAX_LIMIT),
  format: z
    .enum(ROW_FORMATS, `must be one of ${ROW_FORMATS.join(', ')}`)
    .default('json')
    .meta({ description: 'An array, a table of RFC 4180, or a row in each line.' }),
  columns,
})

export const sensorsQuery = z.object({ limit: limit(MAX_SENSOR_ROWS) })

export const noQuery = z.object({})

/** Chosen by the client, so that a request that is sent again is done once. */
export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible characters of ASCII')
