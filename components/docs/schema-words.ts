import type { JsonSchema } from '../../lib/api/components.ts'

/** A piece of a schema in words: plain, or the name of another schema. */
export type SchemaWord = { readonly text: string } | { readonly name: string }

const REF = '#/components/schemas/'

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const schemasIn = (value: unknown): readonly JsonSchema[] =>
  Array.isArray(value) ? value.filter(isSchema) : []

/** What a value of a schema is, in a few words: `Reading or array of Reading`. */
export function schemaWords(schema: JsonSchema): SchemaWord[] {
  if (typeof schema.$ref === 'string') return [{ name: schema.$ref.replace(REF, '') }]
  const choices = schemasIn(schema.anyOf ?? schema.oneOf)
  if (choices.length > 0) {
    return choices.flatMap((choice, i) =>
      i === 0 ? schemaWords(choice) : [{ text: ' or ' }, ...schemaWords(choice)],
    )
  }
  if (schema.const !== undefined) return [{ text: JSON.stringify(schema.const) }]
  if (Array.isArray(schema.enum)) return [{ text: schema.enum.map((one) => JSON.stringify(one)).join(', ') }]
  if (schema.type === 'array' && isSchema(schema.items))
    return [{ text: 'array of ' }, ...schemaWords(schema.items)]
  if (schema.type === 'object' && isSchema(schema.additionalProperties))
    return [{ text: 'object of ' }, ...schemaWords(schema.additionalProperties)]
  return [{ text: `${String(schema.type ?? 'any value')}${bounds(schema)}` }]
}

function bounds({ minimum, maximum, pattern, type }: JsonSchema): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${String(minimum)} to ${String(maximum)}`
  if (minimum !== undefined) return `, at least ${String(minimum)}`
  return typeof pattern === 'string' && type === 'string' ? ` like ${pattern}` : ''
}

export interface Field {
  readonly name: string
  readonly schema: JsonSchema
  readonly isRequired: boolean
}

/** The fields of an object, none of anything else. */
export function fieldsOf({ properties, required }: JsonSchema): Field[] {
  if (!isSchema(properties)) return []
  const names: readonly unknown[] = Array.isArray(required) ? required : []
  return Object.entries(properties).flatMap(([name, schema]) =>
    isSchema(schema) ? [{ name, schema, isRequired: names.includes(name) }] : [],
  )
}
