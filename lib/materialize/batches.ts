import { type Batch, consolidate } from '../protocol/batch.ts'
import type { Update } from '../protocol/events.ts'
import type { RowJson } from '../protocol/row.ts'
import type { CursorMessage } from './decode.ts'

/**
 * Gathers a cursor's messages into closed timestamps. A timestamp T is closed once the frontier is above it: a
 * progress message beyond T, or a change beyond T, as times never decrease.
 *
 * The first batch is the state as of the cursor's as-of; with SNAPSHOT = false it holds no rows of it. It closes like
 * any other: the first progress message proves nothing (older servers send some below the snapshot, or at it), the
 * first above the as-of does. Where no as-of was given, the first message of either kind names it.
 */
export class BatchCloser {
  #asOf: bigint | undefined
  #frontier = 0n
  #open: { timestamp: bigint; updates: Update<RowJson>[] } | undefined
  /** The last timestamp of which a batch was made; undefined until the first is closed. */
  #closed: bigint | undefined

  constructor(asOf?: bigint) {
    this.#asOf = asOf
  }

  /** Changes that wait for their timestamp to close. */
  get pending(): number {
    return this.#open?.updates.length ?? 0
  }

  /**
   * Takes what one FETCH brought and returns what it closed, in order. The last batch may be empty: it says that
   * nothing else has happened up to its timestamp.
   */
  push(messages: Iterable<CursorMessage>): Batch[] {
    const batches: Batch[] = []
    for (const message of messages) {
      const { timestamp } = message
      this.#asOf ??= timestamp
      if (timestamp > this.#frontier) {
        this.#frontier = timestamp
        if (this.#open && this.#open.timestamp < timestamp) this.#close(batches)
      }
      if (message.kind === 'update') {
        this.#open ??= { timestamp, updates: [] }
        this.#open.updates.push(message)
      }
    }
    const complete = this.#frontier - 1n
    const asOf = this.#asOf
    const isNews =
      this.#closed === undefined ? asOf !== undefined && complete >= asOf : complete > this.#closed
    if (isNews) batches.push(this.#batch(complete, []))
    return batches
  }

  /** The stream has ended: nothing will ever change again, so what is open is closed. */
  end(): Batch[] {
    const batches: Batch[] = []
    if (this.#open) this.#close(batches)
    else if (this.#closed === undefined && this.#asOf !== undefined) batches.push(this.#batch(this.#asOf, []))
    return batches
  }

  #close(batches: Batch[]): void {
    if (!this.#open) return
    const { timestamp, updates } = this.#open
    this.#open = undefined
    batches.push(this.#batch(timestamp, consolidate(updates)))
  }

  #batch(timestamp: bigint, updates: Update<RowJson>[]): Batch {
    this.#closed = timestamp
    return { timestamp, updates }
  }
}
