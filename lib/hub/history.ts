import { type Batch, consolidate } from '../protocol/batch.ts'
import type { Update } from '../protocol/events.ts'
import { FoldError } from '../protocol/fold.ts'
import type { RowJson } from '../protocol/row.ts'

/** How far back a reader can continue, in milliseconds of the database's time. */
export const HISTORY_MS = 120_000

/**
 * The current rows of a relation and what changed them lately, so that a reader at any recent timestamp can be told
 * the difference to now.
 */
export class History {
  #counts = new Map<RowJson, number>()
  #changes: Batch[] = []
  /** Changes up to here are forgotten: a reader at it or later can continue. */
  #start: bigint
  #timestamp: bigint

  /** Begins with the state as of the snapshot's timestamp. */
  constructor(snapshot: Batch) {
    this.#start = snapshot.timestamp
    this.#timestamp = snapshot.timestamp
    this.#add(snapshot.updates, snapshot.timestamp)
  }

  /** The rows are exact as of this timestamp. */
  get timestamp(): bigint {
    return this.#timestamp
  }

  /** Distinct rows. */
  get size(): number {
    return this.#counts.size
  }

  /** Whether a reader at this timestamp can continue. */
  remembers(timestamp: bigint): boolean {
    return timestamp >= this.#start && timestamp <= this.#timestamp
  }

  /** Each row as many times as there are copies of it. */
  *rows(): Generator<RowJson, void> {
    for (const [row, count] of this.#counts) for (let i = 0; i < count; i++) yield row
  }

  /**
   * Folds batches in, passing over those that are no news, and returns what they change together. Throws
   * {@link FoldError} where a row would vanish that is not there; nothing has changed then.
   */
  apply(batches: readonly Batch[]): Update<RowJson>[] {
    const news = batches.filter(({ timestamp }) => timestamp > this.#timestamp)
    const updates = consolidate(updatesOf(news))
    const timestamp = news.at(-1)?.timestamp ?? this.#timestamp
    this.#add(updates, timestamp)
    this.#timestamp = timestamp
    for (const batch of news) if (batch.updates.length > 0) this.#changes.push(batch)
    this.#forget(this.#timestamp - BigInt(HISTORY_MS))
    return updates
  }

  /**
   * All changes after a timestamp as one consolidated difference, empty where there are none. Undefined where they
   * are forgotten, or where the timestamp lies ahead.
   */
  since(after: bigint): Update<RowJson>[] | undefined {
    if (!this.remembers(after)) return undefined
    const first = this.#changes.findLastIndex(({ timestamp }) => timestamp <= after) + 1
    return consolidate(updatesOf(this.#changes.slice(first)))
  }

  /** The same history with each row replaced, or left out where `map` answers undefined. */
  map(map: (row: RowJson) => RowJson | undefined): History {
    const mapped = new History({ timestamp: this.#start, updates: [] })
    mapped.#timestamp = this.#timestamp
    mapped.#add(mapUpdates(updatesOfCounts(this.#counts), map), this.#timestamp)
    mapped.#changes = this.#changes
      .map(({ timestamp, updates }) => ({ timestamp, updates: mapUpdates(updates, map) }))
      .filter(({ updates }) => updates.length > 0)
    return mapped
  }

  /**
   * Heals a gap: takes over the state of another history of the same relation, at a timestamp not before this one's,
   * and returns the difference. What happened within the gap is not known, so history starts anew after it.
   */
  rebase(fresh: History): Update<RowJson>[] {
    const before = updatesOfCounts(this.#counts).map(({ diff, row }) => ({ diff: -diff, row }))
    const updates = consolidate([...before, ...updatesOfCounts(fresh.#counts)])
    this.#counts = fresh.#counts
    this.#changes = []
    this.#start = fresh.#timestamp
    this.#timestamp = fresh.#timestamp
    return updates
  }

  #add(updates: readonly Update<RowJson>[], timestamp: bigint): void {
    for (const { diff, row } of updates) {
      if ((this.#counts.get(row) ?? 0) + diff < 0) throw new FoldError(row, String(timestamp))
    }
    for (const { diff, row } of updates) {
      const count = (this.#counts.get(row) ?? 0) + diff
      if (count === 0) this.#counts.delete(row)
      else this.#counts.set(row, count)
    }
  }

  #forget(before: bigint): void {
    const keep = this.#changes.findIndex(({ timestamp }) => timestamp > before)
    const forgotten = this.#changes.splice(0, keep < 0 ? this.#changes.length : keep)
    this.#start = forgotten.at(-1)?.timestamp ?? this.#start
  }
}

function* updatesOf(batches: readonly Batch[]): Generator<Update<RowJson>, void> {
  for (const { updates } of batches) yield* updates
}

const updatesOfCounts = (counts: ReadonlyMap<RowJson, number>): Update<RowJson>[] =>
  [...counts].map(([row, diff]) => ({ diff, row }))

/** What updates are once each row is replaced: what moves in or out of a filter appears or vanishes. */
export function mapUpdates(
  updates: readonly Update<RowJson>[],
  map: (row: RowJson) => RowJson | undefined,
): Update<RowJson>[] {
  const mapped: Update<RowJson>[] = []
  for (const { diff, row } of updates) {
    const replaced = map(row)
    if (replaced !== undefined) mapped.push({ diff, row: replaced })
  }
  return consolidate(mapped)
}
