/** So many characters of an answer are shown; the rest of it is not even read. */
const MAX_SHOWN = 20_000

/** What the server answered, as far as it is shown. */
export interface TriedAnswer {
  readonly status: number
  /** Without its parameters, such as `application/json`. */
  readonly contentType: string
  /** Until the first byte of it. */
  readonly durationMs: number
  /** Empty for an event stream, which has no end. */
  readonly text: string
  readonly isCut: boolean
}

/** The path of the API that a text stands for, with its query; undefined where it is none. */
export function toApiPath(text: string): string | undefined {
  const own = 'http://own.invalid'
  if (!URL.canParse(text.trim(), own)) return undefined
  const { origin, pathname, search } = new URL(text.trim(), own)
  return origin === own && /^\/api(\/|$)/.test(pathname) ? pathname + search : undefined
}

/** Asks a path of the API. Rejects where no answer comes. */
export async function tryPath(path: string, ask = fetch): Promise<TriedAnswer> {
  const before = performance.now()
  const response = await ask(path)
  const durationMs = performance.now() - before
  const contentType = response.headers.get('content-type')?.split(';')[0] ?? ''
  const told = { status: response.status, contentType, durationMs }
  if (contentType !== 'text/event-stream') return { ...told, ...(await readBeginning(response)) }
  await response.body?.cancel()
  return { ...told, text: '', isCut: false }
}

async function readBeginning({ body }: Response): Promise<{ text: string; isCut: boolean }> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (reader && text.length <= MAX_SHOWN) {
    const { value, done } = await reader.read()
    if (done) return { text, isCut: false }
    text += value
  }
  await reader?.cancel()
  return { text: text.slice(0, MAX_SHOWN), isCut: text.length > MAX_SHOWN }
}
