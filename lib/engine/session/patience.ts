import type { Request } from './portal.ts'

/** How long a FETCH waits, joined with the statement's own signal. */
export class Patience {
  readonly #controller = new AbortController()
  readonly #request: Request
  readonly #abort = () => this.#controller.abort()
  readonly #timeout: NodeJS.Timeout | undefined
  /** Whether its time is up. */
  over = false

  constructor(request: Request) {
    this.#request = request
    request.signal.addEventListener('abort', this.#abort)
    if (request.wait.kind !== 'time') return
    if (request.wait.ms === 0) this.over = true
    else {
      this.#timeout = setTimeout(() => {
        this.over = true
        this.#abort()
      }, request.wait.ms)
    }
  }

  /** Aborts when the time is up, and with the statement. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  clear(): void {
    clearTimeout(this.#timeout)
    this.#request.signal.removeEventListener('abort', this.#abort)
  }
}
