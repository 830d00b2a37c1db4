/** Heartbeats come every 5 s. After this long without any event the rows are called stale, ... */
export const STALE_AFTER_MS = 8_000
/** ... and after this long the stream is taken for dead. */
export const DEAD_AFTER_MS = 15_000

/** Notices that a stream has fallen silent. One timer, moved only when it fires: events come too often for more. */
export class SilenceWatch {
  readonly #onStale: () => void
  readonly #onDead: () => void
  #heardAt = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(onStale: () => void, onDead: () => void) {
    this.#onStale = onStale
    this.#onDead = onDead
  }

  start(): void {
    this.heard()
    this.#wait(STALE_AFTER_MS)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  heard(): void {
    this.#heardAt = Date.now()
  }

  get silentMs(): number {
    return Date.now() - this.#heardAt
  }

  #wait(delayMs: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      const { silentMs } = this
      if (silentMs < STALE_AFTER_MS) return this.#wait(STALE_AFTER_MS - silentMs)
      if (silentMs >= DEAD_AFTER_MS) return this.#onDead()
      this.#wait(DEAD_AFTER_MS - silentMs)
      this.#onStale()
    }, delayMs)
  }
}
