import type { FrontendMessage } from '../wire/frontend.ts'

/** The messages that a client sent and that were not answered yet. */
export class Inbox {
  readonly #messages: FrontendMessage[] = []
  #closed = false
  #wake: (() => void) | undefined
  #waiting = 0
  /** Called when what waits changes, so that whoever fills it can pause: messages, and kilobytes of a COPY. */
  readonly #changed: (waiting: number) => void

  constructor(changed: (waiting: number) => void = () => {}) {
    this.#changed = changed
  }

  push(message: FrontendMessage): void {
    if (this.#closed) return
    this.#messages.push(message)
    this.#weigh(weight(message))
    this.#wake?.()
  }

  /** The next message; undefined when there will be none, or `signal` aborts. */
  async next(signal?: AbortSignal): Promise<FrontendMessage | undefined> {
    while (this.#messages.length === 0 && !this.#closed) {
      if (signal?.aborted) return undefined
      await new Promise<void>((resolve) => {
        this.#wake = () => {
          signal?.removeEventListener('abort', resolveNow)
          resolve()
        }
        const resolveNow = () => this.#wake?.()
        signal?.addEventListener('abort', resolveNow)
      })
      this.#wake = undefined
    }
    const message = this.#messages.shift()
    if (message) this.#weigh(-weight(message))
    return message
  }

  #weigh(change: number): void {
    this.#waiting += change
    this.#changed(this.#waiting)
  }

  /** What is waiting is dropped. May be called twice. */
  close(): void {
    this.#closed = true
    this.#messages.length = 0
    this.#wake?.()
  }
}

const weight = (message: FrontendMessage): number =>
  message.kind === 'copyData' ? 1 + message.bytes.length / 1000 : 1
