import type { RelationDescription } from '../api/schemas.ts'

/** A relation as the server lists it. */
export type ListedRelation = RelationDescription

/** Who did not answer, and what was said. */
export type ListTrouble = 'database' | 'server'

/** All relations that may be watched, or who does not answer. Rejects where `signal` says that nobody waits. */
export async function listRelations(signal: AbortSignal): Promise<readonly ListedRelation[] | ListTrouble> {
  const body = await ask('/api/relations', signal)
  if (typeof body === 'string') return body
  return (body as { relations: readonly ListedRelation[] }).relations
}

/** One relation, or undefined where there is no answer or no such relation. */
export async function describeRelation(
  name: string,
  signal: AbortSignal,
): Promise<ListedRelation | undefined> {
  const body = await ask(`/api/relations/${encodeURIComponent(name)}`, signal)
  return typeof body === 'string' ? undefined : (body as ListedRelation)
}

async function ask(path: string, signal: AbortSignal): Promise<object | ListTrouble> {
  try {
    const response = await fetch(path, { signal })
    if (!response.ok) return response.status === 503 ? 'database' : 'server'
    return (await response.json()) as object
  } catch (error) {
    signal.throwIfAborted()
    // The server is away, or something in between has answered in its place.
    if (error instanceof TypeError || error instanceof SyntaxError) return 'server'
    throw error
  }
}
