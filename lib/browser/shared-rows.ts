import type { StreamEvent, Update } from '../protocol/events.ts'
import { Fold, type FoldChange } from '../protocol/fold.ts'
import { rowsOf } from '../protocol/rows-of.ts'
import { ServerClock } from './server-clock.ts'

/** The rows of a stream that many tabs read, and how to bring a tab to where they are. */
export class SharedRows {
  readonly #relation: string
  readonly #fold = new Fold()
  readonly #clock = new ServerClock()
  /** False until there are rows, and after what did not fit until they have come anew. */
  #isExact = false
  #timestamp = '0'
  #lagMs: number | null = null

  constructor(relation: string) {
    this.#relation = relation
  }

  get size(): number {
    return this.#fold.size
  }

  get lastEventId(): string | undefined {
    return this.#fold.lastEventId
  }

  discardParts(): void {
    this.#fold.discardParts()
  }

  /** Throws a `FoldError` where an event does not fit. */
  apply(event: StreamEvent): FoldChange | undefined {
    const change = this.#applyExactly(event)
    if (event.kind === 'heartbeat') {
      this.#clock.observe(event.data.now, Date.now())
      this.#lagMs = event.data.lagMs
    }
    if ((change || event.kind === 'heartbeat') && 'timestamp' in event.data) {
      this.#timestamp = event.data.timestamp ?? this.#timestamp
    }
    return change
  }

  /** Everything, for a tab that has nothing; no events where there is nothing yet. */
  snapshot(): StreamEvent[] {
    const id = this.#fold.lastEventId
    if (!this.#isExact || id === undefined) return []
    const rows = [...rowsOf(this.#fold.rows())]
    const { columns } = this.#fold
    const data = {
      relation: this.#relation,
      columns: [...columns],
      timestamp: this.#timestamp,
      part: 1,
      parts: 1,
      rows,
    }
    return [{ kind: 'snapshot', id, data }, ...this.#heartbeat(id)]
  }

  /** For a tab that has missed only these changes. */
  catchUp(updates: Update[]): StreamEvent[] {
    const id = this.#fold.lastEventId
    if (id === undefined) return []
    const update: StreamEvent = { kind: 'update', id, data: { timestamp: this.#timestamp, updates } }
    return [...(updates.length > 0 ? [update] : []), ...this.#heartbeat(id)]
  }

  /** The server's time as it is now, so that a tab knows it before the next heartbeat. */
  #heartbeat(id: string): StreamEvent[] {
    if (!this.#clock.isKnown) return []
    const now = Date.now() + this.#clock.offsetMs
    return [{ kind: 'heartbeat', id, data: { timestamp: this.#timestamp, now, lagMs: this.#lagMs } }]
  }

  #applyExactly(event: StreamEvent): FoldChange | undefined {
    try {
      const change = this.#fold.apply(event)
      if (change?.reset) this.#isExact = true
      return change
    } catch (error) {
      this.#isExact = false
      throw error
    }
  }
}
