import type { Metric } from './air-quality.ts'
import { BandSeries, type Spread } from './band.ts'
import type { SensorSeries } from './sensor-series.ts'

/** The seconds of all sensors together, made of their series where the database offers no such relation. */
export class SeriesBand {
  #band = new BandSeries()
  /** Seconds whose readings have changed. */
  readonly #touched = new Set<number>()

  /** A reading came or went. */
  touch(timestamp: number): void {
    this.#touched.add(Math.floor(timestamp))
  }

  /** All readings are others. */
  clear(): void {
    this.#band = new BandSeries()
    this.#touched.clear()
  }

  /** Brings the seconds that were touched up to date. `series` are all there are. */
  refresh(series: readonly SensorSeries[]): BandSeries {
    for (const second of this.#touched) {
      const all: Record<Metric, Gathered> = { pm25: nothing(), pm10: nothing() }
      let readings = 0
      for (const one of series) {
        for (let index = one.indexAt(second); index < one.readings.length; index += 1) {
          const reading = one.readings[index]
          if (!reading || reading.timestamp >= second + 1) break
          readings += 1
          gather(all.pm25, reading.pm25)
          gather(all.pm10, reading.pm10)
        }
      }
      if (readings === 0) this.#band.delete(second)
      else
        this.#band.set({
          timestamp: second,
          readings,
          pm25: toSpread(all.pm25),
          pm10: toSpread(all.pm10),
        })
    }
    this.#touched.clear()
    return this.#band
  }
}

interface Gathered {
  count: number
  sum: number
  min: number
  max: number
}

const nothing = (): Gathered => ({ count: 0, sum: 0, min: Infinity, max: -Infinity })

function gather(all: Gathered, value: number | null): void {
  if (value === null) return
  all.count += 1
  all.sum += value
  all.min = Math.min(all.min, value)
  all.max = Math.max(all.max, value)
}

const toSpread = ({ count, sum, min, max }: Gathered): Spread | null =>
  count === 0 ? null : { min, mean: sum / count, max }
