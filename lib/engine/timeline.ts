/** Unix milliseconds that never go back, whatever the wall clock does. */
export class Timeline {
  readonly #now: () => number
  #last: bigint

  /** `last`: the latest timestamp that was ever given out. */
  constructor(now: () => number, last: bigint) {
    this.#now = now
    this.#last = last
  }

  /** The time of a read: it sees everything that has a timestamp, and all later writes get a larger one. */
  read(): bigint {
    const wall = BigInt(Math.floor(this.#now()))
    if (wall > this.#last) this.#last = wall
    return this.#last
  }

  /** The time of a write. */
  next(): bigint {
    const last = this.#last
    if (this.read() === last) this.#last++
    return this.#last
  }
}
