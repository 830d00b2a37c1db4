/** Things that one at a time may have. */
export class Pool<Item> {
  readonly #free: Item[] = []
  readonly #waiting: ((item: Item) => void)[] = []

  async take(): Promise<Item> {
    const item = this.#free.pop()
    return item ?? new Promise((resolve) => this.#waiting.push(resolve))
  }

  give(item: Item): void {
    const next = this.#waiting.shift()
    if (next) next(item)
    else this.#free.push(item)
  }
}
