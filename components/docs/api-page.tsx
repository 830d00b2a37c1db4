import { openApi } from '../../lib/api/document.ts'
import { Card } from '../ui/card.tsx'
import { OperationCard } from './operation-card.tsx'
import { OperationList } from './operation-list.tsx'
import { EventList, SchemaList } from './schema-list.tsx'
import { StreamBox } from './stream-box.tsx'
import { Prose } from './words.tsx'

/** The API as its own description tells it, and a stream to look at. */
export function ApiPage({ origin }: { origin: string }) {
  const { info, tags, paths, components } = openApi().document
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const ofTag = (name: string) => operations.filter(({ operation }) => operation.tags.includes(name))
  const { itemSchema } = paths['/api/stream']?.get?.responses[200]?.content['text/event-stream'] ?? {}
  return (
    <div className="space-y-6">
      <div>
        <h1 className="font-semibold text-xl tracking-tight">API</h1>
        <p className="mt-1.5 max-w-prose text-muted text-sm">
          <Prose text={info.description} /> With a token, programs send{' '}
          <code className="rounded bg-sunken px-1 py-0.5 text-[0.9em]">Authorization: Bearer TOKEN</code>. The
          same as{' '}
          <a href="/api/openapi.json" className="text-accent underline underline-offset-2">
            OpenAPI 3.2
          </a>
          .
        </p>
      </div>
      <div className="grid gap-6 xl:grid-cols-[14rem_minmax(0,1fr)]">
        <OperationList
          groups={[
            ...tags.map(({ name }) => ({
              name,
              links: ofTag(name).map(({ path, method, operation: { operationId } }) => ({
                id: operationId,
                name: path,
                method,
              })),
            })),
            {
              name: 'What is sent',
              links: [
                { id: 'events', name: 'Events of the stream' },
                { id: 'schemas', name: 'Schemas' },
              ],
            },
          ]}
        />
        <div className="min-w-0 space-y-6">
          <StreamBox />
          {tags.map(({ name, description }) => (
            <section key={name} aria-labelledby={`tag-${name}`} className="space-y-3">
              <div>
                <h2 id={`tag-${name}`} className="scroll-mt-20 font-semibold text-lg tracking-tight">
                  {name}
                </h2>
                <p className="text-muted text-sm">{description}</p>
              </div>
              {ofTag(name).map((one) => (
                <OperationCard key={one.operation.operationId} {...one} origin={origin} />
              ))}
            </section>
          ))}
          {itemSchema && (
            <Card className="px-4 py-4 sm:px-5">
              <h2 id="events" className="mb-3 scroll-mt-20 font-semibold text-[0.9375rem]">
                Events of the stream
              </h2>
              <EventList itemSchema={itemSchema} />
            </Card>
          )}
          <section aria-labelledby="schemas" className="space-y-3">
            <h2 id="schemas" className="scroll-mt-20 font-semibold text-lg tracking-tight">
              Schemas
            </h2>
            <SchemaList schemas={components.schemas} />
          </section>
        </div>
      </div>
    </div>
  )
}
