import type { FoldChange } from '../protocol/fold.ts'
import { BandSeries, toBandSecond } from './band.ts'
import { Hold } from './window.ts'

/** The seconds of all sensors together. The series go on growing; the view itself is new each time. */
export interface BandView {
  readonly band: BandSeries
  /** What the database told before it began anew, as far as it is still in the window. */
  readonly formerBand: BandSeries | undefined
}

/** Keeps the seconds up to date with the changes of `air_quality_1s`. */
export class BandProjection {
  readonly #hold = new Hold()
  #band = new BandSeries()
  readonly #former: BandSeries
  #asOfS = 0
  #changed = false
  #view: BandView = { band: this.#band, formerBand: undefined }

  /** `former` may be shared with what shows the same seconds before or after. */
  constructor(former = new BandSeries()) {
    this.#former = former
  }

  /** Keeps what is later than a time although the database lets it go, 20 minutes at most; see {@link Hold}. */
  hold(fromS: number): void {
    this.#hold.begin(fromS)
  }

  release(): void {
    this.#hold.end()
    this.#changed = true
  }

  apply({ reset, anew = false, asOfMs = 0, updates }: FoldChange): void {
    this.#asOfS = asOfMs / 1000
    this.#changed = true
    if (reset) this.#begin(anew)
    for (const { diff, row } of updates) {
      const second = toBandSecond(row)
      if (!second) continue
      // A second of age loses its readings one by one, and is kept as it was while it was whole.
      if (!reset && this.#isKept(second.timestamp)) continue
      // Retractions come first: what replaces a second is told after it.
      if (diff > 0) this.#band.set(second)
      else this.#band.delete(second.timestamp)
    }
    this.#former.cut(Number.NEGATIVE_INFINITY, this.#band.first?.timestamp)
  }

  show(nowMs: number): BandView {
    const nowS = Math.max(this.#asOfS, nowMs / 1000)
    this.#former.cut(this.#hold.oldestS(nowS))
    const formerBand = this.#former.last ? this.#former : undefined
    if (!this.#changed && this.#view.formerBand === formerBand) return this.#view
    this.#changed = false
    this.#band.cut(this.#hold.oldestS(this.#asOfS) - 1)
    this.#view = { band: this.#band, formerBand }
    return this.#view
  }

  #begin(anew: boolean): void {
    const before = this.#band
    this.#band = new BandSeries()
    if (anew) {
      this.#former.cut(Number.NEGATIVE_INFINITY, before.first?.timestamp)
      for (const second of before.items) this.#former.set(second)
      return
    }
    for (const second of before.items) if (this.#isKept(second.timestamp)) this.#band.set(second)
  }

  #isKept(second: number): boolean {
    return this.#hold.keeps(second, this.#asOfS)
  }
}
