/** What arrives by itself, for one who asks when it suits. */
export class Mailbox<T> {
  #items: T[] = []
  #end: { readonly error?: unknown } | undefined
  #wake = () => {}

  /** How many wait. */
  get size(): number {
    return this.#items.length
  }

  put(item: T): void {
    if (this.#end) return
    this.#items.push(item)
    this.#wake()
  }

  /** Nothing comes any more; what waits can still be taken. The first end counts. */
  end(): void {
    this.#end ??= {}
    this.#wake()
  }

  /** As {@link end}, but who has taken everything then meets the error. */
  fail(error: unknown): void {
    this.#end ??= { error }
    this.#wake()
  }

  /** All that waits, as soon as that is something; undefined at the end. Asked by one at a time. */
  async take(): Promise<readonly T[] | undefined> {
    while (this.#items.length === 0) {
      if (this.#end) {
        if ('error' in this.#end) throw this.#end.error
        return undefined
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    return this.#items.splice(0)
  }
}
