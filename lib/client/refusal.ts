import type { Trouble } from './connection.ts'
import { type StreamQuery, toSearch } from './stream-query.ts'

/** Why the server would not open a stream, in its own words. */
export interface Refusal {
  readonly trouble: Trouble
  readonly detail?: string | undefined
}

/**
 * EventSource tells nothing about a refusal, not even its status, so the relation itself is asked for, and then the
 * stream by an ordinary request: the answer says what is wrong. Undefined where there is no answer, or nothing is
 * wrong any more.
 */
export async function explainRefusal(query: StreamQuery): Promise<Refusal | undefined> {
  try {
    const relation = await fetch(`/api/relations/${encodeURIComponent(query.relation)}`)
    if (!relation.ok) return await toRefusal(relation)
    const stopping = new AbortController()
    const stream = await fetch(`/api/stream?${toSearch(query)}`, { signal: stopping.signal })
    if (!stream.ok) return await toRefusal(stream)
    stopping.abort()
    return undefined
  } catch {
    // No answer at all: the server is away, which the stream's own retries find out.
    return undefined
  }
}

const TROUBLES: Readonly<Record<number, Trouble>> = { 400: 'unfit', 403: 'forbidden', 413: 'large' }

async function toRefusal(response: Response): Promise<Refusal> {
  const problem: unknown = await response.json().catch(() => undefined)
  const detail = detailOf(problem)
  // An answer that is not ours, from a proxy or another server, says nothing about the relation.
  if (problem === undefined) return { trouble: 'refused', detail }
  if (response.status === 404) return { trouble: 'missing', detail }
  return { trouble: TROUBLES[response.status] ?? 'refused', detail }
}

/** The problem in a sentence, with each field that is wrong. */
function detailOf(problem: unknown): string | undefined {
  if (typeof problem !== 'object' || problem === null || !('detail' in problem)) return undefined
  if (typeof problem.detail !== 'string') return undefined
  const errors: readonly unknown[] =
    'errors' in problem && Array.isArray(problem.errors) ? problem.errors : []
  const fields = errors.flatMap((error) =>
    typeof error === 'object' && error !== null && 'field' in error && 'message' in error
      ? [`${String(error.field)} ${String(error.message)}`]
      : [],
  )
  return [problem.detail, ...fields.map((field) => `${field}.`)].join(' ')
}
