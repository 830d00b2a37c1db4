import type { Update } from '../protocol/events.ts'

/** How long what a stream brought is remembered. */
export const MEMORY_MS = 600_000
const MAX_REMEMBERED = 20_000

/** One change as it was read, so that other columns can be drawn later. */
interface Remembered {
  readonly atMs: number
  readonly reset: boolean
  readonly updates: readonly Update[]
}

/** What a stream has brought in the last ten minutes, the oldest first, and not more than so many rows of it. */
export class ChartMemory {
  #changes: Remembered[] = []
  #rows = 0

  get changes(): readonly Remembered[] {
    return this.#changes
  }

  add(change: Remembered): void {
    this.#changes.push(change)
    this.#rows += change.updates.length
    const oldest = change.atMs - MEMORY_MS
    let over = 0
    for (const { atMs, updates } of this.#changes) {
      // The newest is kept, however large it is: it may be all there is.
      if (over === this.#changes.length - 1) break
      if (atMs >= oldest && this.#rows <= MAX_REMEMBERED) break
      this.#rows -= updates.length
      over += 1
    }
    if (over > 0) this.#changes = this.#changes.slice(over)
  }

  forgetAllButLast(): void {
    this.#changes = this.#changes.slice(-1)
    this.#rows = this.#changes.reduce((sum, { updates }) => sum + updates.length, 0)
  }
}
