/** A browser opens six connections to a server at most, and the page itself needs some of them. */
export const MAX_STREAMS = 4

/** Lets only so many streams be open; the others wait for their turn, in the order in which they came. */
export class StreamSlots {
  readonly #max: number
  #taken = 0
  readonly #waiting = new Set<() => void>()

  constructor(max = MAX_STREAMS) {
    this.#max = max
  }

  /** Calls back when it is the caller's turn, which may be at once. Returns the way to give the slot back. */
  take(onTurn: () => void): () => void {
    let isHeld = false
    let isDone = false
    const turn = () => {
      this.#waiting.delete(turn)
      this.#taken += 1
      isHeld = true
      onTurn()
    }
    if (this.#taken < this.#max) turn()
    else this.#waiting.add(turn)
    return () => {
      if (isDone) return
      isDone = true
      this.#waiting.delete(turn)
      if (!isHeld) return
      this.#taken -= 1
      const [next] = this.#waiting
      next?.()
    }
  }
}
