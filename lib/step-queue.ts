import { finish, type Steps } from './steps.ts'

/** Work on fewer items is over before anybody could notice. */
const FEW_ITEMS = 2_000
/** For so long the page is held up before it may paint and answer to its reader. */
const SLICE_MS = 6

export interface StepQueueOptions {
  /** Lets others have their turn. */
  readonly breathe: () => Promise<void>
  /** Some of the work is done, or all of it. */
  readonly onProgress: () => void
}

/** Does one work after the other: what is little at once, what is much in slices. */
export class StepQueue {
  readonly #options: StepQueueOptions
  readonly #waiting: (() => Steps)[] = []
  #isBusy = false

  constructor(options: StepQueueOptions) {
    this.#options = options
  }

  /** True while some work is half done: what it makes may not be looked at. */
  get isBusy(): boolean {
    return this.#isBusy
  }

  /** Little work that need not wait is over when this returns. Work that fails is reported as an error of the page. */
  add(work: () => Steps, items: number): void {
    if (!this.#isBusy && items <= FEW_ITEMS) {
      finish(work())
      return
    }
    this.#waiting.push(work)
    if (!this.#isBusy) void this.#run()
  }

  async #run(): Promise<void> {
    const { breathe, onProgress } = this.#options
    this.#isBusy = true
    try {
      await breathe()
      for (let work = this.#waiting.shift(); work; work = this.#waiting.shift()) {
        let sliceEnd = performance.now() + SLICE_MS
        for (const _ of work()) {
          if (performance.now() < sliceEnd) continue
          onProgress()
          await breathe()
          sliceEnd = performance.now() + SLICE_MS
        }
      }
    } finally {
      this.#isBusy = false
      onProgress()
    }
  }
}
