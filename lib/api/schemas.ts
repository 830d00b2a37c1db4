import { z } from 'zod'
import { columnSchema } from '../protocol/events.ts'

/** What `GET /api` answers. */
export const aboutSchema = z.object({
  name: z.string(),
  version: z.string(),
  engine: z.object({
    version: z.string().meta({ description: 'As `mz_version()` answers.', example: 'v0.26.0 (embedded)' }),
    statement: z.enum(['TAIL', 'SUBSCRIBE']).meta({ description: 'What streams are read with.' }),
    address: z.string().meta({ description: 'Host, port and database, without a user and without secrets.' }),
  }),
  links: z.record(z.string(), z.string()).meta({ description: 'Where the rest lies.' }),
})

/** A relation for people and programs. */
export const relationSchema = z.object({
  schema: z.string(),
  name: z.string(),
  kind: z.string().meta({ description: '`table`, `view`, `materialized view` or `source`.' }),
  columns: z.array(columnSchema).readonly(),
  rows: z.int().nullable().meta({ description: 'Null where the database cannot count them in time.' }),
  clients: z.int().meta({ description: 'Streams of it that are open on this server.' }),
})

export type RelationDescription = Readonly<z.infer<typeof relationSchema>>

export const relationsSchema = z.object({ relations: z.array(relationSchema) })

export const liveSchema = z.object({
  status: z.literal('live'),
  build: z.string().optional().meta({ description: 'Which build of the app answers; none in development.' }),
})

export const readySchema = z.object({ status: z.literal('ready') })
