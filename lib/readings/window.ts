/** How long `sensors_view` holds a reading after its own time, and `air_quality_1s` a second. */
export const WINDOW_S = 600
/** What is kept at most for a reader who looks at what the database lets go, in seconds. */
export const MAX_HELD_S = 1_200
/** Both eras of the database let a row go within the millisecond of its bound; floating point takes a little more. */
const BOUND_S = 0.01

/**
 * Whether a row that was retracted at `asOfS` left because its time was over. One that is retracted sooner was deleted
 * or corrected, and nobody may see it any longer. All in Unix seconds.
 */
export function isOfAge(timestamp: number, asOfS: number): boolean {
  return asOfS - timestamp >= WINDOW_S - BOUND_S
}

/**
 * What is kept back of that which the database lets go, for a reader who has stopped the charts. Without a hold
 * nothing is.
 */
export class Hold {
  /** What is later than this is kept, in Unix seconds; undefined where nobody holds. */
  #fromS: number | undefined

  /** The earliest time that was asked for counts, until it ends: a reader who looks around may come back. */
  begin(fromS: number): void {
    this.#fromS = Math.min(fromS, this.#fromS ?? Number.POSITIVE_INFINITY)
  }

  end(): void {
    this.#fromS = undefined
  }

  /** Whether what was retracted at `asOfS` stays on the page. */
  keeps(timestamp: number, asOfS: number): boolean {
    return this.#fromS !== undefined && isOfAge(timestamp, asOfS) && timestamp >= this.oldestS(asOfS)
  }

  /** What is older is not kept. Without a hold that is what has left the window. */
  oldestS(asOfS: number): number {
    if (this.#fromS === undefined) return asOfS - WINDOW_S
    return Math.max(this.#fromS, asOfS - MAX_HELD_S)
  }
}
