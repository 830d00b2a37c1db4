import { SensorSeries } from './sensor-series.ts'

/**
 * What the database told before it began anew. It says nothing of these readings any more, neither that they stay nor
 * that they go: they are drawn, marked, until they leave the window.
 */
export class FormerSeries {
  /** Several of one sensor where the database has begun anew more than once, so that no line joins them. */
  #series: SensorSeries[] = []

  get items(): readonly SensorSeries[] {
    return this.#series
  }

  /** Takes over all readings. What the database before had told of the same times is given up for them. */
  add(current: ReadonlyMap<number, SensorSeries>): void {
    this.giveWay(current)
    for (const { id, readings } of current.values()) {
      const copy = new SensorSeries(id)
      for (const reading of readings) copy.apply(reading, 1)
      this.#series.push(copy)
    }
  }

  /** Ends each line where the one that is told now begins. */
  giveWay(current: ReadonlyMap<number, SensorSeries>): void {
    for (const series of this.#series) {
      const begin = current.get(series.id)?.readings[0]?.timestamp
      if (begin !== undefined) series.cut(Number.NEGATIVE_INFINITY, begin)
    }
    this.#dropEmpty()
  }

  /** Lets what is older go. */
  prune(fromS: number): void {
    for (const series of this.#series) series.cut(fromS)
    this.#dropEmpty()
  }

  #dropEmpty(): void {
    if (this.#series.some(({ last }) => !last)) this.#series = this.#series.filter(({ last }) => last)
  }
}
