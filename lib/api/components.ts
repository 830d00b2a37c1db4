import { z } from 'zod'
import { columnSchema, eventSchemas, jsonValueSchema, rowSchema } from '../protocol/events.ts'
import { fieldErrorSchema, problemSchema } from '../protocol/problem.ts'
import { readingSchema, readingsSchema, storedSchema } from './reading.ts'
import { aboutSchema, liveSchema, readySchema, relationSchema, relationsSchema } from './schemas.ts'

/** A JSON Schema of draft 2020-12, which is what OpenAPI 3.2 speaks. */
export interface JsonSchema {
  readonly [keyword: string]: unknown
}

/** The schemas that the document names. */
const NAMED: Readonly<Record<string, z.ZodType>> = {
  About: aboutSchema,
  Relation: relationSchema,
  Relations: relationsSchema,
  Column: columnSchema,
  Row: rowSchema,
  Value: jsonValueSchema,
  Reading: readingSchema,
  Readings: readingsSchema,
  Stored: storedSchema,
  Live: liveSchema,
  Ready: readySchema,
  Snapshot: eventSchemas.snapshot,
  Update: eventSchemas.update,
  Heartbeat: eventSchemas.heartbeat,
  Status: eventSchemas.status,
  Bye: eventSchemas.bye,
  Problem: problemSchema,
  FieldError: fieldErrorSchema,
}

const refTo = (name: string): string => `#/components/schemas/${name}`

/** All named schemas, made of those that the server validates by. */
export function componentSchemas(): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, { uri: refTo })
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, tidy(schema)]))
}

/** The reference to a named schema. Throws where it has no name. */
export function schemaRef(schema: z.ZodType): JsonSchema {
  const found = Object.entries(NAMED).find(([, one]) => one === schema)
  if (!found) throw new Error('The schema has no name in the document')
  return { $ref: refTo(found[0]) }
}

/** The schema of a parameter, as the client writes it. */
export const parameterSchema = (schema: z.ZodType): JsonSchema =>
  tidy(z.toJSONSchema(schema, { io: 'input' }))

/** What zod adds beside: the address and dialect of a schema of its own, and bounds that any whole number has. */
function tidy(schema: object): JsonSchema {
  const text = JSON.stringify(schema, (key, value: unknown) => {
    if (key === '$schema' || key === '$id') return undefined
    if (key === 'maximum' && value === Number.MAX_SAFE_INTEGER) return undefined
    if (key === 'minimum' && value === Number.MIN_SAFE_INTEGER) return undefined
    return value
  })
  return JSON.parse(text) as JsonSchema
}
