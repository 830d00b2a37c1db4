// @ts-check

/** Beyond so many sessions that were signed out, the one that was first is forgotten. */
const MAX_SIGNED_OUT = 10_000
/** How often is looked for sessions that are over. */
const LOOK_EVERY_MS = 30_000

/**
 * Who is told when a session ends, because its reader signs out or because it is over: the streams that it has opened.
 * Of this process only, as all that it remembers.
 */
export class SessionEnds {
  /** @type {Map<string, Set<{ untilMs: number, onEnd: () => void }>>} By the session's id. */
  #watches = new Map()
  /** @type {Set<string>} */
  #signedOut = new Set()
  #now

  constructor(now = Date.now) {
    this.#now = now
  }

  /** How many sessions have something open. */
  get size() {
    return this.#watches.size
  }

  /** @param {string} id */
  isSignedOut(id) {
    return this.#signedOut.has(id)
  }

  /**
   * Ends a session for good, and what it has open.
   *
   * @param {string} id
   */
  signOut(id) {
    // A set keeps its order.
    const [first] = this.#signedOut
    if (this.#signedOut.size >= MAX_SIGNED_OUT && first !== undefined) this.#signedOut.delete(first)
    this.#signedOut.add(id)
    for (const { onEnd } of [...(this.#watches.get(id) ?? [])]) onEnd()
  }

  /**
   * Calls back when the session is signed out, at once where it is already, or some seconds after `untilMs`. Gives what
   * ends that, which has to be called once nobody need be told.
   *
   * @param {import('./session.js').Session} session
   * @param {() => void} onEnd
   * @returns {() => void}
   */
  watch({ id, untilMs }, onEnd) {
    if (this.isSignedOut(id)) {
      onEnd()
      return () => {}
    }
    const watch = { untilMs, onEnd }
    const watches = this.#watches.get(id) ?? new Set()
    this.#watches.set(id, watches.add(watch))
    this.#look()
    return () => {
      watches.delete(watch)
      if (watches.size === 0 && this.#watches.get(id) === watches) this.#watches.delete(id)
    }
  }

  /** @type {NodeJS.Timeout | undefined} */
  #timer

  /** One timer for all, and not one for each: timers reach no further than 24 days. */
  #look() {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      const now = this.#now()
      const over = [...this.#watches.values()].flatMap((watches) =>
        [...watches].filter(({ untilMs }) => untilMs <= now),
      )
      for (const { onEnd } of over) onEnd()
      if (this.size > 0) this.#look()
    }, LOOK_EVERY_MS).unref()
  }
}
