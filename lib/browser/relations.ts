/** Whether the server offers a relation; undefined where it does not say. */
export async function hasRelation(name: string, signal: AbortSignal): Promise<boolean | undefined> {
  try {
    const response = await fetch('/api/relations', { signal })
    if (!response.ok) return undefined
    const body = (await response.json()) as { relations?: readonly { name: string }[] }
    return body.relations?.some((relation) => relation.name === name)
  } catch (error) {
    // The page was left, or the server is away: both are no answer.
    if (error instanceof DOMException || error instanceof TypeError) return undefined
    throw error
  }
}
