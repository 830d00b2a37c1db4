/** Next runs this once, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { rememberResponses } = await import('./lib/sse/node-response.ts')
  rememberResponses()
}
