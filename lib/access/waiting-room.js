// @ts-check

/** @typedef {import('node:net').Socket} Socket */

/**
 * Connections that have asked for nothing yet. A client asks within a moment of connecting, so that those who have been
 * here the longest are the ones to go when there are too many: whoever holds connections open without a word takes room
 * from others of the kind, and not from those who come to ask.
 */
export class WaitingRoom {
  /** @type {Set<Socket>} */
  #waiting = new Set()
  #places

  /** @param {number} places */
  constructor(places) {
    this.#places = places
  }

  get size() {
    return this.#waiting.size
  }

  /** @param {Socket} socket */
  enter(socket) {
    // A set keeps its order.
    const [longestHere] = this.#waiting
    if (this.#waiting.size >= this.#places) longestHere?.destroy()
    this.#waiting.add(socket)
  }

  /**
   * It has asked, or is closed.
   *
   * @param {Socket} socket
   */
  leave(socket) {
    this.#waiting.delete(socket)
  }
}
