/** Up to so many sensors all of their readings are streamed. */
export const MAX_FEW = 50
/** A crowd becomes few again only well below that, and only when it has been so for a while. */
const FEW_AGAIN = 40
const CALM_MS = 30_000

/** `few`: all readings are streamed. `many`: the last of each sensor, the seconds of all, and the chosen ones whole. */
export type Crowd = 'few' | 'many'

/**
 * Tells by the number of sensors what is to be streamed. The number may change while the page is open: it goes up at
 * once, because all readings of many are dear, and down with patience, so that it does not flap.
 */
export class CrowdWatch {
  #crowd: Crowd | undefined
  #calmSince: number | undefined

  /** Undefined until the sensors have been counted. */
  get crowd(): Crowd | undefined {
    return this.#crowd
  }

  observe(sensors: number, nowMs: number): Crowd {
    if (this.#crowd !== 'many') {
      this.#crowd = sensors > MAX_FEW ? 'many' : 'few'
      this.#calmSince = undefined
    } else if (sensors > FEW_AGAIN) this.#calmSince = undefined
    else {
      this.#calmSince ??= nowMs
      if (nowMs - this.#calmSince >= CALM_MS) this.#crowd = 'few'
    }
    return this.#crowd
  }

  /** What many sensors are read from is not there: all their readings have to be streamed. */
  settleForFew(): void {
    this.#crowd = 'few'
    this.#calmSince = undefined
  }
}
