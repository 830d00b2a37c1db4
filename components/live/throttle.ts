/** Runs something when it is asked to: at once, or as soon as the time since the last run has passed. */
export class Throttle {
  readonly #run: () => void
  readonly #intervalMs: number
  #lastMs = Number.NEGATIVE_INFINITY
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(run: () => void, intervalMs: number) {
    this.#run = run
    this.#intervalMs = intervalMs
  }

  request(): void {
    if (this.#timer) return
    const waitMs = this.#lastMs + this.#intervalMs - performance.now()
    if (waitMs <= 0) this.#now()
    else this.#timer = setTimeout(() => this.#now(), waitMs)
  }

  cancel(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #now(): void {
    this.cancel()
    this.#lastMs = performance.now()
    this.#run()
  }
}
