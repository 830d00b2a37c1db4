import type { FrontendMessage } from '../wire/frontend.ts'

/** The messages that a client sent and that were not answered yet. */
export class Inbox {
  readonly #messages: FrontendMessage[] = []
  #closed = false
  #wake: (() => void) | undefined
  /** Called when the number of waiting messages changes, so that whoever fills it can pause. */
  readonly #changed: (waiting: number) => void

  constructor(changed: (waiting: number) => void = () => {}) {
    this.#changed = changed
  }

  push(message: FrontendMessage): void {
    if (this.#closed) return
    this.#messages.push(message)
    this.#changed(this.#messages.length)
    this.#wake?.()
  }

  /** The next message; undefined when there will be none. */
  async next(): Promise<FrontendMessage | undefined> {
    while (this.#messages.length === 0 && !this.#closed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      this.#wake = undefined
    }
    const message = this.#messages.shift()
    if (message) this.#changed(this.#messages.length)
    return message
  }

  /** What is waiting is dropped. May be called twice. */
  close(): void {
    this.#closed = true
    this.#messages.length = 0
    this.#wake?.()
  }
}
