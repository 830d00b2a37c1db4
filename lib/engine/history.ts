import type { Update } from './change.ts'

/** All changes of one timestamp. */
export interface Batch {
  readonly timestamp: bigint
  readonly changes: readonly Update[]
}

/** What a relation's log keeps. */
export const HISTORY_MS = 5n * 60n * 1000n
export const HISTORY_CHANGES = 1_000_000

/** Stands in the place of a batch that is not kept, so that its changes can be freed at once. */
const FORGOTTEN: Batch = { timestamp: 0n, changes: [] }

/** The recent changes of one relation, oldest first: what the relation held at a time is what it holds now without them. */
export class History {
  /** The first time that can be read. */
  since: bigint
  /** Whether it once reached further back. */
  isCut = false
  #batches: Batch[] = []
  /** Where the kept ones begin: before it stand forgotten ones, and the array is cut only now and then. */
  #start = 0
  #size = 0

  constructor(since: bigint) {
    this.since = since
  }

  get size(): number {
    return this.#size
  }

  append(batch: Batch): void {
    this.#batches.push(batch)
    this.#size += batch.changes.length
    this.prune(batch.timestamp)
  }

  /** Learns what was before: all changes between `since` and those it has. */
  reachBack(since: bigint, batches: readonly Batch[]): void {
    this.#batches = [...batches, ...this.#batches.slice(this.#start)]
    this.#start = 0
    for (const { changes } of batches) this.#size += changes.length
    this.since = since
  }

  /** Forgets what is too old at `now`, or too much. */
  prune(now: bigint): void {
    for (;;) {
      const oldest = this.#batches[this.#start]
      if (!oldest || (oldest.timestamp >= now - HISTORY_MS && this.#size <= HISTORY_CHANGES)) break
      this.since = oldest.timestamp
      this.isCut = true
      this.#size -= oldest.changes.length
      this.#batches[this.#start++] = FORGOTTEN
    }
    if (this.#start > 1000 && this.#start > this.#batches.length / 2) {
      this.#batches = this.#batches.slice(this.#start)
      this.#start = 0
    }
  }

  /** The batches later than `timestamp`, in order. */
  after(timestamp: bigint): Batch[] {
    let low = this.#start
    let high = this.#batches.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#batches[middle]?.timestamp ?? 0n) <= timestamp) low = middle + 1
      else high = middle
    }
    return this.#batches.slice(low)
  }
}
