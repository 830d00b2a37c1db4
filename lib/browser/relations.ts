/** Whether the server offers a relation; undefined where it does not say. */
export async function hasRelation(name: string, signal: AbortSignal): Promise<boolean | undefined> {
  const rows = await askForRows(name, signal)
  return rows === undefined ? undefined : rows !== 'absent'
}

/** How many rows a relation has; `absent` where it may not be read here, undefined where the server cannot say. */
export async function askForRows(name: string, signal: AbortSignal): Promise<number | 'absent' | undefined> {
  try {
    const response = await fetch(`/api/relations/${encodeURIComponent(name)}`, { signal })
    if (response.status === 404 || response.status === 403) return 'absent'
    if (!response.ok) return undefined
    const { rows } = (await response.json()) as { rows?: unknown }
    return typeof rows === 'number' ? rows : undefined
  } catch (error) {
    // The page was left, the server is away, or something between us and it has answered in its place.
    if (error instanceof DOMException || error instanceof TypeError || error instanceof SyntaxError)
      return undefined
    throw error
  }
}
