import type { Pool } from 'pg'
import type { Encoder } from '../hub/encoder.ts'
import { Hub } from '../hub/hub.ts'
import type { Log } from '../log.ts'
import { formatRelationName, type RelationName } from '../materialize/relation-name.ts'
import { supervise } from './supervise.ts'

/** The cursor stays open for so long after the last client has left. */
export const LINGER_MS = 30_000
/** A cursor with PROGRESS speaks every second. */
const STALLED_MS = 10_000

export interface FeedOptions<Chunk> {
  readonly url: string
  readonly relation: RelationName
  /** For reads of the catalog. */
  readonly pool: Pool
  readonly encoder: Encoder<Chunk>
  readonly log: Log
  /** Called when the cursor is lost, and then opened anew. */
  readonly onLost?: (() => void) | undefined
  /** Told how long it took to give an update to all clients. */
  readonly onFanout?: ((seconds: number) => void) | undefined
  /** Called once the feed has ended: nobody watches any more, or, with an error, the relation cannot be watched. */
  readonly onEnd: (error?: Error) => void
}

/** One relation on its way to all who watch it: one supervised cursor into one hub. */
export class Feed<Chunk> {
  readonly hub: Hub<Chunk>
  #controller = new AbortController()
  #linger: NodeJS.Timeout | undefined
  /** When the cursor last said how far it has come, or else when it was first asked, Unix milliseconds. */
  #lastProgressAt = Date.now()
  #isComplete = false
  readonly #onEnd: (error?: Error) => void

  constructor({ url, relation, pool, encoder, log, onLost, onFanout, onEnd }: FeedOptions<Chunk>) {
    const label = formatRelationName(relation)
    const { signal } = this.#controller
    this.#onEnd = onEnd
    this.hub = new Hub({ encoder, onFanout, onEmpty: () => this.#endUnlessWatched() })
    const onProgress = () => {
      this.#lastProgressAt = Date.now()
    }
    supervise({ url, relation, label, hub: this.hub, pool, log, onProgress, onLost, signal }).then(
      () => {
        this.#isComplete = !signal.aborted
        if (signal.aborted) log.info({ relation: label }, 'cursor closed')
      },
      (error: Error) => {
        log.warn({ relation: label, reason: error.message }, 'feed ended')
        this.#end(error)
        this.hub.gone(error.message)
      },
    )
    this.#endUnlessWatched()
  }

  /** Whether the cursor progresses, or has nothing more to tell. */
  get isHealthy(): boolean {
    return this.#isComplete || this.#lastProgressAt > Date.now() - STALLED_MS
  }

  /** How far behind the clock the rows are, in milliseconds; undefined while there are none, or where they never change. */
  get lagMs(): number | undefined {
    const { position } = this.hub
    return position && !this.#isComplete ? Date.now() - Number(position.timestamp) : undefined
  }

  /** Says farewell to all clients and closes the cursor. */
  shutdown(): void {
    this.#end()
    this.hub.shutdown()
  }

  #endUnlessWatched(): void {
    clearTimeout(this.#linger)
    this.#linger = setTimeout(() => {
      if (this.hub.size === 0) this.#end()
    }, LINGER_MS)
    this.#linger.unref()
  }

  #end(error?: Error): void {
    if (this.#controller.signal.aborted) return
    clearTimeout(this.#linger)
    this.#controller.abort()
    this.hub.dispose()
    this.#onEnd(error)
  }
}
