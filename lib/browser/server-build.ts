/** The build of the app that the server runs; undefined where it does not answer. */
export async function serverBuild(): Promise<string | undefined> {
  try {
    const response = await fetch('/api/health/live', { cache: 'no-store' })
    if (!response.ok) return undefined
    const body: unknown = await response.json()
    const hasBuild = typeof body === 'object' && body !== null && 'build' in body
    return hasBuild && typeof body.build === 'string' ? body.build : undefined
  } catch {
    // The server is away, or something else answered in its place.
    return undefined
  }
}

/**
 * Calls back once the server runs another build than it did when this was called: it is asked every so often, and
 * when the network or the reader returns. Returns the undo.
 */
export function onOtherBuild(callback: () => void, everyMs: number): () => void {
  let own: string | undefined
  const look = async () => {
    const build = await serverBuild()
    if (build === undefined) return
    own ??= build
    if (build === own) return
    stop()
    callback()
  }
  const lookNow = () => void look()
  const timer = setInterval(lookNow, everyMs)
  window.addEventListener('online', lookNow)
  const stop = () => {
    clearInterval(timer)
    window.removeEventListener('online', lookNow)
  }
  lookNow()
  return stop
}
