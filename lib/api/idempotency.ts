import { createHash } from 'node:crypto'

/** An answer is remembered for so long. */
const REMEMBERED_MS = 10 * 60_000
/** So many keys are remembered; beyond, the oldest is forgotten. */
const MAX_KEYS = 10_000

/** The key was used before, for something else. */
export class KeyReusedError extends Error {
  override readonly name = 'KeyReusedError'
  constructor() {
    super('The Idempotency-Key was used before, with another body')
  }
}

interface Entry<T> {
  readonly fingerprint: string
  readonly answer: Promise<T>
  readonly until: number
}

/**
 * What was answered under the keys that clients choose, so that a request that is sent again, or twice at once, is done
 * once. Held by this process alone, in bounded memory and time. What has certainly not
 * been done is not remembered: it may be tried again.
 */
export class IdempotentAnswers<T> {
  readonly #entries = new Map<string, Entry<T>>()
  readonly #now: () => number

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  get size(): number {
    return this.#entries.size
  }

  /**
   * The answer under the key, made by `act` where there is none. `isUndone` tells a failure after which nothing has been
   * done from one after which nobody knows. Rejects with {@link KeyReusedError}.
   */
  async once(
    key: string,
    body: string,
    act: () => Promise<T>,
    isUndone: (error: unknown) => boolean,
  ): Promise<T> {
    this.#forget()
    const fingerprint = createHash('sha256').update(body).digest('base64')
    const known = this.#entries.get(key)
    if (known && known.fingerprint !== fingerprint) throw new KeyReusedError()
    if (known) return known.answer
    const entry = { fingerprint, answer: act(), until: this.#now() + REMEMBERED_MS }
    this.#entries.set(key, entry)
    try {
      return await entry.answer
    } catch (error) {
      if (isUndone(error) && this.#entries.get(key) === entry) this.#entries.delete(key)
      throw error
    }
  }

  /** Entries stand in the order of their making, so the first that is young enough ends the search. */
  #forget(): void {
    const now = this.#now()
    for (const [key, { until }] of this.#entries) {
      if (until > now && this.#entries.size < MAX_KEYS) return
      this.#entries.delete(key)
    }
  }
}
