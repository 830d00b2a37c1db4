const SAMPLES = 12

/**
 * How far the server's clock is ahead of this machine's. Each heartbeat carries the server's time and arrives a
 * little late, never early: the largest of the last differences is the one that travelled fastest.
 */
export class ServerClock {
  #samples: number[] = []

  observe(serverNowMs: number, receivedAtMs: number): void {
    this.#samples.push(serverNowMs - receivedAtMs)
    if (this.#samples.length > SAMPLES) this.#samples.shift()
  }

  get isKnown(): boolean {
    return this.#samples.length > 0
  }

  /** Milliseconds to add to `Date.now()`; 0 until a heartbeat has come. */
  get offsetMs(): number {
    return this.#samples.length === 0 ? 0 : Math.max(...this.#samples)
  }
}
