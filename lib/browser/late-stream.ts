import type { Stream } from '../client/stream.ts'

/** A stream whose program is loaded only once it is opened: it is needed only where the browser lacks something. */
export class LateStream implements Stream {
  readonly isShared = false
  readonly #load: () => Promise<Stream>
  #isOpen = false
  #stream: Stream | undefined

  constructor(load: () => Promise<Stream>) {
    this.#load = load
  }

  open(): void {
    if (this.#isOpen) return
    this.#isOpen = true
    if (this.#stream) this.#stream.open()
    else void this.#begin()
  }

  close(): void {
    this.#isOpen = false
    this.#stream?.close()
  }

  retryNow(): void {
    this.#stream?.retryNow()
  }

  async #begin(): Promise<void> {
    const stream = await this.#load()
    // It may have been closed and opened again meanwhile, which loads it twice.
    this.#stream ??= stream
    if (this.#isOpen) this.#stream.open()
  }
}
