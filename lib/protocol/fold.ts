import { parseEventId } from './event-id.ts'
import type { Column, StreamEvent, Update } from './events.ts'
import { type Row, rowKey } from './row.ts'

/** A row whose count would fall below zero: the reader has missed something and must begin with a snapshot. */
export class FoldError extends Error {
  override readonly name = 'FoldError'
  constructor(key: string, timestamp: string) {
    super(`More copies of ${key} vanish at ${timestamp} than there were`)
  }
}

/** What an event did to the rows; `reset` says that all earlier rows were replaced. */
export interface FoldChange {
  readonly reset: boolean
  /**
   * Of a reset: the rows are of another epoch than those before, so of another relation or another database. The
   * rows before have not been deleted, nobody tells of them any more.
   */
  readonly anew?: boolean
  /** The database's time in milliseconds that the rows are exact at after the change. */
  readonly asOfMs?: number
  readonly updates: readonly Update[]
}

/**
 * The rows of one stream: snapshots replace them, updates add diffs, a row whose count is 0 is gone.
 * Parts of a snapshot show only once the last has come.
 */
export class Fold {
  columns: readonly Column[] = []
  /** The id of the last event that had one. */
  lastEventId: string | undefined
  #rows: Counted = new Map()
  /** What the parts of a snapshot have brought so far. Each is counted when it comes: many rows at once take long. */
  #coming = nothing()
  /** How many distinct rows somebody else has counted; undefined where they are counted here. */
  #trustedSize: number | undefined

  /** Distinct rows with their number of copies. */
  rows(): Iterable<{ row: Row; count: number }> {
    return this.#rows.values()
  }

  get size(): number {
    return this.#trustedSize ?? this.#rows.size
  }

  /** Where a stream may go on from, undefined where the rows are not counted here and it has to begin anew. */
  get resumeId(): string | undefined {
    return this.#trustedSize === undefined ? this.lastEventId : undefined
  }

  /**
   * Applies one event and tells what changed, or undefined where no row did. Throws {@link FoldError}. Where somebody
   * else has counted the rows already, and found `trustedSize` of them, nothing is counted again: that takes too long
   * for thousands of changes a second.
   */
  apply(event: StreamEvent, trustedSize?: number): FoldChange | undefined {
    if (trustedSize !== undefined) {
      this.#trustedSize = trustedSize
      this.#rows.clear()
    }
    const change = this.#change(event, trustedSize !== undefined)
    if ('id' in event && event.id !== undefined) this.lastEventId = event.id
    return change
  }

  /** A stream that was cut between the parts of a snapshot sends them anew. */
  discardParts(): void {
    this.#coming = nothing()
  }

  #change(event: StreamEvent, isTrusted: boolean): FoldChange | undefined {
    switch (event.kind) {
      case 'snapshot': {
        const { part, parts, rows, columns, timestamp } = event.data
        if (part === 1) this.#coming = nothing()
        const come = rows.map((row) => ({ diff: 1, row }))
        if (!isTrusted) add(this.#coming.rows, come, timestamp)
        for (const update of come) this.#coming.updates.push(update)
        if (part < parts) return undefined
        const { updates, rows: counted } = this.#coming
        this.#coming = nothing()
        this.#rows = counted
        this.columns = columns
        if (!isTrusted) this.#trustedSize = undefined
        return { reset: true, anew: this.#isOfAnotherEpoch(event.id), asOfMs: Number(timestamp), updates }
      }
      case 'update':
        if (!isTrusted) add(this.#rows, event.data.updates, event.data.timestamp)
        return { reset: false, asOfMs: Number(event.data.timestamp), updates: event.data.updates }
      case 'heartbeat':
      case 'status':
      case 'bye':
        return undefined
      default:
        return event satisfies never
    }
  }

  #isOfAnotherEpoch(id: string | undefined): boolean {
    const before = parseEventId(this.lastEventId ?? '')?.epoch
    return before !== undefined && before !== parseEventId(id ?? '')?.epoch
  }
}

type Counted = Map<string, { row: Row; count: number }>

const nothing = (): { rows: Counted; updates: Update[] } => ({ rows: new Map(), updates: [] })

function add(rows: Counted, updates: readonly Update[], timestamp: string): void {
  for (const { diff, row } of updates) {
    const key = rowKey(row)
    const entry = rows.get(key)
    const count = (entry?.count ?? 0) + diff
    if (count < 0) throw new FoldError(key, timestamp)
    if (count === 0) rows.delete(key)
    else if (entry) entry.count = count
    else rows.set(key, { row, count })
  }
}
