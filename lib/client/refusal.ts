import type { Trouble } from './connection.ts'
import { type StreamQuery, toSearch } from './stream-query.ts'

/** Why the server would not open a stream, in its own words. */
export interface Refusal {
  readonly trouble: Trouble
  readonly detail?: string | undefined
  /** Of the answer; absent where there was none to look at. */
  readonly status?: number
  /** The server wants no other try sooner, in milliseconds. */
  readonly retryAfterMs?: number | undefined
}

/**
 * EventSource tells nothing about a refusal, not even its status, so the relation itself is asked for, and then the
 * stream by an ordinary request: the answer says what is wrong. Undefined where there is no answer, or nothing is
 * wrong any more. `base` is the server's address; without one the page's own server is asked.
 */
export async function explainRefusal(query: StreamQuery, base = ''): Promise<Refusal | undefined> {
  try {
    const relation = await fetch(`${base}/api/relations/${encodeURIComponent(query.relation)}`)
    if (!relation.ok) return await toRefusal(relation)
    const stopping = new AbortController()
    const stream = await fetch(`${base}/api/stream?${toSearch(query)}`, { signal: stopping.signal })
    if (!stream.ok) return await toRefusal(stream)
    stopping.abort()
    return undefined
  } catch {
    // No answer at all: the server is away, which the stream's own retries find out.
    return undefined
  }
}

const TROUBLES: Readonly<Record<number, Trouble>> = {
  400: 'unfit',
  401: 'signed-out',
  403: 'forbidden',
  413: 'large',
}

/** What an answer that is no stream says. Reads its body. */
export async function toRefusal(response: Response): Promise<Refusal> {
  const { status, headers } = response
  const problem: unknown = await response.json().catch(() => undefined)
  const detail = detailOf(problem)
  const seconds = headers.get('retry-after')
  const said = {
    detail,
    status,
    ...(seconds && /^\d{1,5}$/.test(seconds) && { retryAfterMs: Number(seconds) * 1000 }),
  }
  // An answer that is not ours, from a proxy or another server, says nothing about the relation.
  if (detail === undefined) return { trouble: 'refused', ...said }
  if (status === 404) return { trouble: 'missing', ...said }
  return { trouble: TROUBLES[status] ?? 'refused', ...said }
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
