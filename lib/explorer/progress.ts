import type { Steps } from '../steps.ts'

/** Fewer rows are there before a word about them could be read. */
const MANY_ROWS = 5_000

/** What is being done to many rows, and how far it is. */
export interface Progress {
  readonly doing: 'reading' | 'sorting' | 'drawing'
  /** Rows that this is done with; nearly so where a row is looked at several times. */
  readonly done: number
  /** How many there are; of rows that are being read an estimate. */
  readonly of: number
}

/** Tells how far work on many rows is. */
export class ProgressMeter {
  #progress: Progress | undefined
  #received = 0

  /** Undefined where nothing is done that takes long. */
  get progress(): Progress | undefined {
    return this.#progress
  }

  /** A part of a snapshot has come. */
  receive({ part, parts, rows }: { part: number; parts: number; rows: readonly unknown[] }): void {
    if (part === 1) this.#received = 0
    this.#received += rows.length
    this.#tell({ doing: 'reading', done: this.#received, of: Math.round((this.#received / part) * parts) })
  }

  /** The same work, of which every step is told. */
  *measure<T>(doing: Progress['doing'], of: number, steps: Steps<T>): Steps<T> {
    let done = 0
    for (;;) {
      const next = steps.next()
      if (next.done) return next.value
      done += next.value
      this.#tell({ doing, done: Math.min(done, of), of })
      yield next.value
    }
  }

  end(): void {
    this.#progress = undefined
  }

  #tell(progress: Progress): void {
    this.#progress = progress.of > MANY_ROWS ? progress : undefined
  }
}
