import type { RelationDescription } from '../api/schemas.ts'

/** A relation as the server lists it. */
export type ListedRelation = RelationDescription

/** Who did not answer. */
export type ListTrouble = 'database' | 'server'

/** What there is instead of an answer; `absent`: no such relation, or none that may be read here. */
type NoAnswer = ListTrouble | 'absent'

/** All relations that may be watched, or who does not answer. Rejects where `signal` says that nobody waits. */
export async function listRelations(signal: AbortSignal): Promise<readonly ListedRelation[] | ListTrouble> {
  const body = await ask('/api/relations', signal)
  if (typeof body === 'string') return body === 'absent' ? 'server' : body
  return (body as { relations: readonly ListedRelation[] }).relations
}

/** One relation, or why it is not known. Rejects where `signal` says that nobody waits. */
export async function describeRelation(
  name: string,
  signal: AbortSignal,
): Promise<ListedRelation | NoAnswer> {
  const body = await ask(`/api/relations/${encodeURIComponent(name)}`, signal)
  return typeof body === 'string' ? body : (body as ListedRelation)
}

/**
 * How many rows a relation has; `absent` where it may not be read here, undefined where the server cannot say, or
 * `signal` that nobody waits.
 */
export async function askForRows(name: string, signal: AbortSignal): Promise<number | 'absent' | undefined> {
  try {
    const answer = await describeRelation(name, signal)
    if (typeof answer === 'object') return answer.rows ?? undefined
    return answer === 'absent' ? answer : undefined
  } catch (error) {
    if (signal.aborted) return undefined
    throw error
  }
}

/** Whether the server offers a relation; undefined where it does not say. */
export async function hasRelation(name: string, signal: AbortSignal): Promise<boolean | undefined> {
  const rows = await askForRows(name, signal)
  return rows === undefined ? undefined : rows !== 'absent'
}

async function ask(path: string, signal: AbortSignal): Promise<object | NoAnswer> {
  try {
    const response = await fetch(path, { signal })
    if (response.ok) return (await response.json()) as object
    if (response.status === 404 || response.status === 403) return 'absent'
    return response.status === 503 ? 'database' : 'server'
  } catch (error) {
    signal.throwIfAborted()
    // The server is away, or something in between has answered in its place.
    if (error instanceof TypeError || error instanceof SyntaxError) return 'server'
    throw error
  }
}
