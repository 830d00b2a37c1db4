import { z } from 'zod'
import type { JsonValue, Row } from './row.ts'

/** Any value that a row can hold. */
export const jsonValueSchema: z.ZodType<JsonValue> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(jsonValueSchema),
    z.record(z.string(), jsonValueSchema),
  ]),
)
/** One row, keyed by column name. */
export const rowSchema: z.ZodType<Row> = z.record(z.string(), jsonValueSchema)

/** Materialize's time: milliseconds since 1970 as digits, since 64 bits do not fit a JSON number. */
const timestamp = z.string().regex(/^\d{1,20}$/)

export const columnSchema = z.object({ name: z.string(), type: z.string() })

/** A column of a relation: its name and its type in Postgres' words (`integer`, `double precision`). */
export type Column = z.infer<typeof columnSchema>

export const snapshotSchema = z.object({
  relation: z.string(),
  columns: z.array(columnSchema),
  timestamp,
  part: z.int().min(1),
  parts: z.int().min(1),
  rows: z.array(rowSchema),
})

export const updateSchema = z.object({
  timestamp,
  updates: z.array(z.object({ diff: z.int(), row: rowSchema })),
})

export const heartbeatSchema = z.object({
  /** Null until the database has answered for the first time. */
  timestamp: timestamp.nullable(),
  /** The server's clock, milliseconds since 1970. */
  now: z.int(),
  lagMs: z.number().nullable(),
})

export const statusSchema = z.object({
  state: z.enum(['live', 'reconnecting', 'gone']),
  reason: z.string(),
})

/** The reason of a status where there is no more to say about it. */
export const DATABASE_LOST = 'The connection to the database was lost'

export const byeSchema = z.object({ reason: z.literal('shutdown') })

/** The schema of each event's `data`, by the event's name. */
export const eventSchemas = {
  snapshot: snapshotSchema,
  update: updateSchema,
  heartbeat: heartbeatSchema,
  status: statusSchema,
  bye: byeSchema,
}

export type Snapshot = z.infer<typeof snapshotSchema>
export type Heartbeat = z.infer<typeof heartbeatSchema>
export type Status = z.infer<typeof statusSchema>
export type Bye = z.infer<typeof byeSchema>

/** One row that appears (`diff` copies of it) or vanishes (negative). */
export interface Update<R = Row> {
  readonly diff: number
  readonly row: R
}

/** One message of the stream, as a reader meets it. An `id` names the state of the rows once the event is applied. */
export type StreamEvent =
  | { kind: 'snapshot'; id?: string; data: Snapshot }
  | { kind: 'update'; id: string; data: z.infer<typeof updateSchema> }
  | { kind: 'heartbeat'; id?: string; data: Heartbeat }
  | { kind: 'status'; data: Status }
  | { kind: 'bye'; data: Bye }
