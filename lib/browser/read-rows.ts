import type { Row } from '../protocol/row.ts'

/** The rows of a relation that its query asks for, once; none where they cannot be had. */
export async function readRows(
  name: string,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<readonly Row[]> {
  try {
    const path = `/api/relations/${encodeURIComponent(name)}/rows?${new URLSearchParams(query)}`
    const response = await fetch(path, { signal })
    return response.ok ? ((await response.json()) as Row[]) : []
  } catch (error) {
    // The page was left, the server is away, or something in between has answered in its place.
    if (error instanceof DOMException || error instanceof TypeError || error instanceof SyntaxError) return []
    throw error
  }
}
