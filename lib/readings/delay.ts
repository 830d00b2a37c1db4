import { quantile } from '../quantile.ts'

const WINDOW_MS = 60_000
/** Enough of one picture's readings to know their middle, however many come at once. */
const SAMPLES_A_SHOW = 32

interface Sample {
  readonly atMs: number
  readonly delayMs: number
}

/** How long readings take from being taken to being on the screen. */
export interface Delay {
  /** Half of the readings were on the screen sooner than this. */
  readonly medianMs: number
  /** All but one in a hundred were. */
  readonly p99Ms: number
}

/** How long readings take from being taken to being on the screen, over the last minute. */
export class DelayMeter {
  #samples: Sample[] = []

  /** Notes readings, by their Unix seconds, that are shown now for the first time. */
  record(timestamps: readonly number[], nowMs: number): void {
    const step = Math.ceil(timestamps.length / SAMPLES_A_SHOW)
    for (let index = 0; index < timestamps.length; index += step) {
      const timestamp = timestamps[index]
      // A sensor's clock may run ahead of ours: a reading is never shown before it is taken.
      if (timestamp !== undefined)
        this.#samples.push({ atMs: nowMs, delayMs: Math.max(0, nowMs - timestamp * 1000) })
    }
    const firstKept = this.#samples.findIndex(({ atMs }) => atMs > nowMs - WINDOW_MS)
    this.#samples = firstKept === -1 ? [] : this.#samples.slice(firstKept)
  }

  /** Undefined where no reading was shown in the last minute. */
  get delay(): Delay | undefined {
    const delays = Float64Array.from(this.#samples, ({ delayMs }) => delayMs).sort()
    const medianMs = quantile(delays, 0.5)
    const p99Ms = quantile(delays, 0.99)
    return medianMs === undefined || p99Ms === undefined ? undefined : { medianMs, p99Ms }
  }
}
