import type { ReactNode } from 'react'
import type { OperationObject, ParameterObject } from '../../lib/api/document.ts'
import { examplePathOf, examplesOf } from '../../lib/api/examples.ts'
import { Card } from '../ui/card.tsx'
import { Answers, Contents } from './answers.tsx'
import { ExampleTabs } from './example-tabs.tsx'
import { TryIt } from './try-it.tsx'
import { Prose, SchemaType } from './words.tsx'

interface OperationCardProps {
  readonly path: string
  readonly method: string
  readonly operation: OperationObject
  /** Where the server is, as the reader's browser has it. */
  readonly origin: string
}

/** One operation: what it takes, what it answers, and how it is called. */
export function OperationCard({ path, method, operation, origin }: OperationCardProps) {
  const { operationId, summary, description, parameters, requestBody, responses } = operation
  const tried = examplePathOf(operationId)
  return (
    <Card className="scroll-mt-20 px-4 py-4 sm:px-5">
      <section aria-labelledby={operationId}>
        <h3 id={operationId} className="scroll-mt-20 font-semibold text-[0.9375rem]">
          {summary}
        </h3>
        <p className="mt-1 flex flex-wrap items-center gap-2 text-sm">
          <span className="rounded bg-sunken px-1.5 py-0.5 font-mono font-semibold text-xs">
            {method.toUpperCase()}
          </span>
          <code className="[overflow-wrap:anywhere]">{path}</code>
        </p>
        {description && (
          <p className="mt-2 max-w-prose text-muted text-sm">
            <Prose text={description} />
          </p>
        )}
        <div className="mt-4 grid gap-5 lg:grid-cols-2">
          <div className="min-w-0 space-y-5">
            {parameters.length > 0 && <Parameters parameters={parameters} />}
            {requestBody && (
              <Part name="Body">
                <Contents content={requestBody.content} />
              </Part>
            )}
            <Part name="Answers">
              <Answers responses={responses} />
            </Part>
          </div>
          <div className="min-w-0">
            <ExampleTabs id={operationId} examples={examplesOf(operationId, origin)} />
            {tried !== undefined && <TryIt path={tried} name={summary} />}
          </div>
        </div>
      </section>
    </Card>
  )
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <h4 className="mb-2 font-medium text-muted text-xs">{name}</h4>
      {children}
    </div>
  )
}

function Parameters({ parameters }: { parameters: readonly ParameterObject[] }) {
  return (
    <Part name="Parameters">
      <dl className="space-y-3 text-sm">
        {parameters.map(({ name, in: where, required, description, schema }) => (
          <div key={`${where}-${name}`}>
            <dt className="flex flex-wrap items-baseline gap-x-2">
              <code className="font-medium">{name}</code>
              <span className="text-muted text-xs">
                {where}
                {required ? ', required' : ''}
              </span>
              <span className="text-xs">
                <SchemaType schema={schema} />
              </span>
              {schema.default !== undefined && (
                <span className="text-muted text-xs">default {String(schema.default)}</span>
              )}
            </dt>
            {description && (
              <dd className="mt-0.5 text-muted">
                <Prose text={description} />
              </dd>
            )}
          </div>
        ))}
      </dl>
    </Part>
  )
}
