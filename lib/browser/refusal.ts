import type { Trouble } from './connection.ts'

/** Why the server would not open a stream, in its own words. */
export interface Refusal {
  readonly trouble: Trouble
  readonly detail?: string | undefined
}

/**
 * EventSource tells nothing about a refusal, not even its status, so the relation itself is asked for: its answer
 * says what is wrong. Undefined where there is no answer, or nothing is wrong with the relation.
 */
export async function explainRefusal(relation: string): Promise<Refusal | undefined> {
  try {
    const response = await fetch(`/api/relations/${encodeURIComponent(relation)}`)
    if (response.ok) return undefined
    const problem: unknown = await response.json().catch(() => undefined)
    // A 404 that is not ours, from a proxy or another server, says nothing about the relation.
    const trouble = response.status === 404 && problem !== undefined ? 'missing' : 'refused'
    return { trouble, detail: detailOf(problem) }
  } catch {
    // No answer at all: the server is away, which the stream's own retries find out.
    return undefined
  }
}

function detailOf(problem: unknown): string | undefined {
  if (typeof problem !== 'object' || problem === null || !('detail' in problem)) return undefined
  return typeof problem.detail === 'string' ? problem.detail : undefined
}
