// @ts-check

const FIRST_DELAY_MS = 100
const MAX_DELAY_MS = 5_000
/** Wrong tokens of an address are forgotten when none has come for so long. */
const FORGET_AFTER_MS = 15 * 60_000
/** Beyond so many addresses the one that has been quiet the longest is forgotten. */
const MAX_ADDRESSES = 10_000
/** Answers that wait hold a connection: more of one address, or of all, are not made to wait. */
const MAX_WAITING_PER_ADDRESS = 16
const MAX_WAITING = 512

/** What wrong tokens cost: each of an address waits longer for its answer. Right ones are never asked about here. */
export class WrongTokens {
  /** @type {Map<string, { count: number, lastMs: number, waiting: number }>} */
  #addresses = new Map()
  #waiting = 0
  #random

  /** @param {() => number} random */
  constructor(random = Math.random) {
    this.#random = random
  }

  /** How many addresses are remembered. */
  get size() {
    return this.#addresses.size
  }

  /**
   * A wrong token came. Gives how long its answer waits, and what to call when it no longer does; undefined where so
   * many answers wait already that this one is refused at once.
   *
   * @param {string} address
   * @param {number} nowMs
   * @returns {{ delayMs: number, release: () => void } | undefined}
   */
  punish(address, nowMs) {
    const entry = this.#remember(address, nowMs)
    entry.count++
    entry.lastMs = nowMs
    if (entry.waiting >= MAX_WAITING_PER_ADDRESS || this.#waiting >= MAX_WAITING) return undefined
    entry.waiting++
    this.#waiting++
    let waits = true
    const release = () => {
      if (!waits) return
      waits = false
      entry.waiting--
      this.#waiting--
    }
    const growing = FIRST_DELAY_MS * 2 ** Math.min(entry.count - 1, 10)
    return { delayMs: Math.min(growing * (0.75 + this.#random() / 2), MAX_DELAY_MS), release }
  }

  /**
   * @param {string} address
   * @param {number} nowMs
   */
  #remember(address, nowMs) {
    const known = this.#addresses.get(address)
    const entry = known ?? { count: 0, lastMs: nowMs, waiting: 0 }
    if (nowMs - entry.lastMs > FORGET_AFTER_MS) entry.count = 0
    // A map keeps its order: whoever came last stands last.
    this.#addresses.delete(address)
    this.#addresses.set(address, entry)
    const [longestQuiet] = this.#addresses.keys()
    if (this.#addresses.size > MAX_ADDRESSES && longestQuiet !== undefined)
      this.#addresses.delete(longestQuiet)
    return entry
  }
}
