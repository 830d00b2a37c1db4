import { ChevronRight } from 'lucide-react'
import type { ResponseObject } from '../../lib/api/document.ts'
import { Prose, SchemaType } from './words.tsx'

/** What an operation answers, by status. Errors are much alike everywhere, and told only to who wants to know. */
export function Answers({ responses }: { responses: Readonly<Record<string, ResponseObject>> }) {
  const all = Object.entries(responses)
  const errors = all.filter(([status]) => Number(status) >= 400)
  return (
    <>
      <AnswerList answers={all.filter(([status]) => Number(status) < 400)} />
      {errors.length > 0 && (
        <details className="group mt-2 text-sm">
          <summary className="mb-2 flex cursor-pointer items-center gap-1.5 text-muted hover:text-ink">
            <ChevronRight
              aria-hidden="true"
              className="size-3.5 shrink-0 transition-transform group-open:rotate-90 motion-reduce:transition-none"
            />
            Errors: {errors.map(([status]) => status).join(', ')}
          </summary>
          <AnswerList answers={errors} />
        </details>
      )}
    </>
  )
}

function AnswerList({ answers }: { answers: readonly (readonly [string, ResponseObject])[] }) {
  return (
    <dl className="space-y-2 text-sm">
      {answers.map(([status, response]) => (
        <Answer key={status} status={status} response={response} />
      ))}
    </dl>
  )
}

function Answer({ status, response }: { status: string; response: ResponseObject }) {
  const { description, headers = {}, content } = response
  return (
    <div className="grid grid-cols-[2.5rem_minmax(0,1fr)] gap-x-2">
      <dt className={`font-medium tabular-nums ${status.startsWith('2') ? 'text-(--live)' : 'text-muted'}`}>
        {status}
      </dt>
      <dd>
        <Prose text={description} />
        <Contents content={content} />
        {Object.entries(headers).map(([name, header]) => (
          <p key={name} className="mt-1 text-muted text-xs">
            <code className="text-ink">{name}</code> <Prose text={header.description} />
          </p>
        ))}
      </dd>
    </div>
  )
}

/** The types of a body, and what is in each. */
export function Contents({ content }: { content: ResponseObject['content'] }) {
  return Object.entries(content).map(([type, { schema, itemSchema }]) => (
    <p key={type} className="mt-0.5 text-xs">
      <code>{type}</code> {schema && <SchemaType schema={schema} />}
      {itemSchema && (
        <span className="text-muted">
          one after the other:{' '}
          {itemSchema.oneOf ? (
            <a href="#events" className="text-accent underline underline-offset-2">
              events
            </a>
          ) : (
            <SchemaType schema={itemSchema} />
          )}
        </span>
      )}
    </p>
  ))
}
