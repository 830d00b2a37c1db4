import type { JsonSchema } from '../../lib/api/components.ts'
import { Card } from '../ui/card.tsx'
import { fieldsOf } from './schema-words.ts'
import { Prose, SchemaType } from './words.tsx'

/** The schemas that operations name, each with its fields. */
export function SchemaList({ schemas }: { schemas: Readonly<Record<string, JsonSchema>> }) {
  return (
    <div className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
      {Object.entries(schemas).map(([name, schema]) => (
        <Card key={name} className="min-w-0 px-4 py-3.5">
          <h3 id={`schema-${name}`} className="scroll-mt-20 font-semibold text-sm">
            {name}
          </h3>
          <Fields schema={schema} />
        </Card>
      ))}
    </div>
  )
}

/** The kinds of events, as the schema of an item of the stream tells them. */
export function EventList({ itemSchema }: { itemSchema: JsonSchema }) {
  const kinds = Array.isArray(itemSchema.oneOf) ? (itemSchema.oneOf as readonly EventSchema[]) : []
  return (
    <dl className="space-y-3 text-sm">
      {kinds.map(({ title, description, properties }) => (
        <div key={title}>
          <dt className="flex flex-wrap items-baseline gap-2">
            <code className="font-medium">{title}</code>
            <span className="text-xs">
              <SchemaType schema={properties.data.contentSchema} />
            </span>
          </dt>
          <dd className="text-muted">{description}</dd>
        </div>
      ))}
    </dl>
  )
}

interface EventSchema {
  readonly title: string
  readonly description: string
  readonly properties: { readonly data: { readonly contentSchema: JsonSchema } }
}

function Fields({ schema }: { schema: JsonSchema }) {
  const fields = fieldsOf(schema)
  if (fields.length === 0)
    return (
      <p className="mt-1.5 text-xs">
        <SchemaType schema={schema} />
      </p>
    )
  return (
    <dl className="mt-1.5 space-y-1.5 text-xs">
      {fields.map(({ name, schema: field, isRequired }) => (
        <div key={name}>
          <dt className="inline font-medium">
            <code>{name}</code>
            {isRequired ? '' : '?'}
          </dt>{' '}
          <dd className="inline">
            <SchemaType schema={field} />
            {typeof field.description === 'string' && (
              <span className="block text-muted">
                <Prose text={field.description} />
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
