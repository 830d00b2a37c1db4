import { createParser } from 'eventsource-parser'
import { backoffMs } from '../backoff.ts'
import { type Refusal, toRefusal } from './refusal.ts'

const CONNECTING = 0
const OPEN = 1
const CLOSED = 2

export interface FetchEventSourceOptions {
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>
  /** Called before the `error` event where the server answers with something else than a stream. */
  readonly onRefusal?: (refusal: Refusal) => void
  readonly random?: (() => number) | undefined
}

/**
 * What `EventSource` is in a browser, over `fetch`: for Node, and for whoever has to send a header. As there, a
 * connection that breaks is opened again with the last id, after the delay that the server asked for, and an answer
 * that is no stream ends it. Of the interface only what our own reader uses is there.
 */
export class FetchEventSource extends EventTarget {
  readonly url: string
  readyState = CONNECTING
  readonly #options: FetchEventSourceOptions
  readonly #closing = new AbortController()
  #lastEventId = ''
  /** What the server asked for, which it does first of all. */
  #retryMs: number | undefined
  #cutsInARow = 0

  constructor(url: string, options: FetchEventSourceOptions = {}) {
    super()
    this.url = url
    this.#options = options
    void this.#run()
  }

  /** May be called twice. Nothing is heard of it any more. */
  close(): void {
    this.readyState = CLOSED
    this.#closing.abort()
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing
    while (!signal.aborted) {
      try {
        const response = await this.#request()
        if (!isStream(response)) {
          this.#options.onRefusal?.(await toRefusal(response))
          this.#fail(CLOSED)
          return
        }
        this.readyState = OPEN
        await this.#read(response)
      } catch {
        // Networks fail, and so does what unpacks a stream that was cut: either way it is opened anew.
      }
      if (signal.aborted) return
      const delayMs = this.#delayMs()
      this.#cutsInARow += 1
      this.#fail(CONNECTING)
      await untilNextTry(delayMs, signal)
    }
  }

  /** The first delay is the server's, which spreads its readers; one that stays away is asked less and less. */
  #delayMs(): number {
    if (this.#retryMs !== undefined && this.#cutsInARow === 0) return this.#retryMs
    return (this.#retryMs ?? 0) + backoffMs(this.#cutsInARow, this.#options.random)
  }

  #request(): Promise<Response> {
    return fetch(this.url, {
      headers: {
        accept: 'text/event-stream',
        ...this.#options.headers,
        ...(this.#lastEventId !== '' && { 'last-event-id': this.#lastEventId }),
      },
      cache: 'no-store',
      signal: this.#closing.signal,
    })
  }

  async #read({ body }: Response): Promise<void> {
    if (!body) return
    const parser = createParser({
      onEvent: ({ event = 'message', id, data }) => {
        if (id !== undefined) this.#lastEventId = id
        this.#cutsInARow = 0
        // A reader that has closed the stream at one event is not told of those that came with it.
        if (this.readyState === CLOSED) return
        this.dispatchEvent(new MessageEvent(event, { data, lastEventId: this.#lastEventId }))
      },
      onRetry: (retryMs) => {
        this.#retryMs = retryMs
      },
    })
    const utf8 = new TextDecoder()
    const reader = body.getReader()
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      parser.feed(utf8.decode(value, { stream: true }))
    }
  }

  #fail(readyState: number): void {
    if (this.#closing.signal.aborted) return
    this.readyState = readyState
    this.dispatchEvent(new Event('error'))
  }
}

const isStream = ({ ok, headers }: Response): boolean =>
  ok && (headers.get('content-type') ?? '').startsWith('text/event-stream')

/** As `lib/sleep.ts`, which needs Node. */
function untilNextTry(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', finish)
      resolve()
    }
    const timer = setTimeout(finish, ms)
    signal.addEventListener('abort', finish)
    // A listener of the error event may have closed it: then nobody aborts any more.
    if (signal.aborted) finish()
  })
}
