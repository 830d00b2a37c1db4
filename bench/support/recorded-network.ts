import { readingsAt } from '../../lib/simulator/network.ts'

const SEED = 1
const SECONDS = 10

/** The values of a simulated network over some seconds, computed beforehand and played again and again. */
export class RecordedNetwork {
  readonly #moments: readonly string[][]

  /** One whose sensors are never silent, so that each says something every second. */
  constructor(sensors: number) {
    const startMs = Math.floor(Date.now() / 1_000) * 1_000
    const last: string[] = []
    this.#moments = Array.from({ length: SECONDS }, (_, second) => {
      for (const { id, pm25, pm10, latitude, longitude } of readingsAt(
        { seed: SEED, sensors, intervalMs: 1_000 },
        startMs + second * 1_000,
      ))
        last[id - 1] =
          `{"id":${id},"pm25":${pm25},"pm10":${pm10},"geo_lat":${latitude},"geo_lon":${longitude}`
      return Array.from(
        { length: sensors },
        (_, index) => last[index] ?? `{"id":${index + 1},"pm25":8.5,"pm10":14,"geo_lat":48.78,"geo_lon":9.18`,
      )
    })
  }

  /** A sensor's row at a time in Unix milliseconds, as JSON; `index` counts the sensors from 0. */
  row(index: number, atMs: number): string {
    const moment = this.#moments[Math.floor(atMs / 1_000) % SECONDS]
    return `${moment?.[index]},"timestamp":${atMs / 1_000}}`
  }
}
