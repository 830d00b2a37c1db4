/** Which database answers: its version, the statement that is used with it, and where it is, without secrets. */
export interface ServerFacts {
  readonly version: string
  readonly statement: string
  readonly address?: string | undefined
}

/** Asks the server; undefined where it, or the database, does not answer. */
export async function askServer(signal: AbortSignal): Promise<ServerFacts | undefined> {
  try {
    const response = await fetch('/api', { signal })
    if (!response.ok) return undefined
    return toFacts(await response.json())
  } catch {
    // The server is away, something else answered in its place, or nobody waits any more.
    return undefined
  }
}

/** Decoded by hand: no schema library is among what a page loads. */
function toFacts(body: unknown): ServerFacts | undefined {
  if (typeof body !== 'object' || body === null || !('engine' in body)) return undefined
  const { engine } = body
  if (typeof engine !== 'object' || engine === null) return undefined
  const { version, statement, address } = engine as Record<string, unknown>
  if (typeof version !== 'string' || typeof statement !== 'string') return undefined
  // What follows the version is the commit that it was built from.
  const number = version.split(' ')[0] ?? ''
  return { version: number, statement, address: typeof address === 'string' ? address : undefined }
}
