import { type Batch, consolidate } from '../protocol/batch.ts'
import type { EventId } from '../protocol/event-id.ts'
import type { Status, Update } from '../protocol/events.ts'
import type { RowJson } from '../protocol/row.ts'
import type { Description, Encoder } from './encoder.ts'
import type { History } from './history.ts'
import {
  type CloseReason,
  type Source,
  Subscriber,
  type SubscriberOptions,
  type Writer,
} from './subscriber.ts'

/** How long an id from a server that was quicker is waited for. */
const AHEAD_MS = 10_000
/** Changes that come faster than this are sent as one. */
export const COALESCE_MS = 16
/** Newcomers share a snapshot for so long, and get the difference after it. */
const SNAPSHOT_REUSE_MS = 1_000

export interface ChannelOptions<Chunk> {
  readonly encoder: Encoder<Chunk>
  /** Called when the last subscriber has left. */
  readonly onEmpty: () => void
  readonly now?: () => number
  /** Told how long it took to give an update to all subscribers. */
  readonly onFanout?: ((seconds: number) => void) | undefined
}

/**
 * One stream of rows, a whole relation or a shape of it, and all who read it: each event is encoded once and its
 * bytes are shared.
 */
export class Channel<Chunk> {
  #subscribers = new Set<Subscriber<Chunk>>()
  #what: Description | undefined
  #history: History | undefined
  #status: Status | undefined
  #snapshot: { chunks: Chunk[]; timestamp: bigint; madeAt: number } | undefined
  readonly #encoder: Encoder<Chunk>
  readonly #onEmpty: () => void
  readonly #now: () => number
  readonly #onFanout: ((seconds: number) => void) | undefined

  constructor({ encoder, onEmpty, now = Date.now, onFanout }: ChannelOptions<Chunk>) {
    this.#encoder = encoder
    this.#onEmpty = onEmpty
    this.#now = now
    this.#onFanout = onFanout
  }

  /** Connected clients. */
  get size(): number {
    return this.#subscribers.size
  }

  /** The rows and their lately changes, undefined before the first snapshot. */
  get history(): History | undefined {
    return this.#history
  }

  /** What the rows are and as of when they are exact; undefined before the first snapshot. */
  get position(): EventId | undefined {
    if (!this.#what || !this.#history) return undefined
    return { epoch: this.#what.epoch, timestamp: this.#history.timestamp }
  }

  /** The rows are these from now on. All clients are sent them, as what they had is something else. */
  begin(what: Description, history: History): void {
    // All rows are sent anew, so what waits is in them.
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#unsent = undefined
    this.#what = what
    this.#history = history
    this.#snapshot = undefined
    for (const subscriber of this.#subscribers) {
      if (subscriber.isWaiting) this.#admit(subscriber)
      else subscriber.sendSnapshot()
    }
  }

  /** Continues after a gap: clients are sent the difference between what was held and these rows. */
  rebase(fresh: History): void {
    this.#change((history) => history.rebase(fresh))
  }

  /** Sends what the batches change as one event; without a change only the position moves. Throws `FoldError`. */
  publish(batches: readonly Batch[]): void {
    this.#change((history) => history.apply(batches))
  }

  /** Tells all clients, and those that come, how the upstream does. */
  setStatus(state: 'live' | 'reconnecting', reason: string): void {
    if (this.#status?.state === state || (state === 'live' && !this.#status)) return
    this.#status = state === 'live' ? undefined : { state, reason }
    const chunk = this.#encoder.status(state, reason)
    for (const subscriber of this.#subscribers) subscriber.tell(chunk)
  }

  /** Adds a client. `writer` is called from now on, at first within this call. */
  join(writer: Writer<Chunk>, options: SubscriberOptions): Subscriber<Chunk> {
    const subscriber = new Subscriber(options, writer, this.#source)
    this.#subscribers.add(subscriber)
    if (this.#status) subscriber.tell(this.#encoder.status(this.#status.state, this.#status.reason))
    // No await between here and the first bytes: a batch published in between would overtake them.
    this.#admit(subscriber)
    return subscriber
  }

  /** The relation is no more: tells why and ends all streams. */
  gone(reason: string): void {
    this.#end('gone', () => this.#encoder.status('gone', reason))
  }

  /** The server is going away: ends all streams, each with a reconnect time of its own. */
  shutdown(): void {
    this.#end('shutdown', () => this.#encoder.bye())
  }

  #end(reason: CloseReason, lastWords: () => Chunk): void {
    this.#flush()
    for (const subscriber of [...this.#subscribers]) subscriber.close(reason, lastWords())
  }

  #source: Source<Chunk> = {
    snapshot: () => {
      this.#flush()
      const { what, history } = this.#state()
      const now = this.#now()
      const last = this.#snapshot
      // One that cannot be continued to now would be followed by itself, for ever.
      if (last && now - last.madeAt < SNAPSHOT_REUSE_MS && history.remembers(last.timestamp)) return last
      const { timestamp } = history
      const chunks = this.#encoder.snapshot(what, timestamp, history.rows())
      this.#snapshot = { chunks, timestamp, madeAt: now }
      return this.#snapshot
    },
    since: (after) => {
      this.#flush()
      const { what, history } = this.#state()
      const updates = history.since(after)
      if (!updates) return undefined
      if (updates.length > history.size + 1) {
        // A snapshot is smaller, but only one of now: an older one needs a difference again.
        this.#snapshot = undefined
        return undefined
      }
      return {
        chunk:
          updates.length === 0 ? undefined : this.#encoder.update(what.epoch, history.timestamp, updates),
      }
    },
    left: (subscriber) => {
      this.#subscribers.delete(subscriber)
      if (this.#subscribers.size === 0) this.#onEmpty()
    },
  }

  #state(): { what: Description; history: History } {
    if (!this.#what || !this.#history) throw new Error('The channel holds no rows yet')
    return { what: this.#what, history: this.#history }
  }

  /** What is not sent yet, and where those stand who have everything that is. */
  #unsent: { readonly from: bigint; readonly updates: Update<RowJson>[] } | undefined
  #sentAt = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | undefined

  #change(apply: (history: History) => Update<RowJson>[]): void {
    const { history } = this.#state()
    const from = history.timestamp
    const updates = apply(history)
    if (updates.length > 0) {
      this.#unsent ??= { from, updates: [] }
      for (const update of updates) this.#unsent.updates.push(update)
      // The first after a pause goes out at once.
      const dueInMs = this.#sentAt + COALESCE_MS - this.#now()
      if (dueInMs <= 0) this.#flush()
      else this.#timer ??= setTimeout(() => this.#flush(), dueInMs)
    }
    for (const subscriber of this.#subscribers) if (subscriber.isWaiting) this.#admit(subscriber)
  }

  /** Sends what waits. Whoever is given rows or a position by another way needs this first, or would get it twice. */
  #flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const unsent = this.#unsent
    if (!unsent) return
    this.#unsent = undefined
    this.#sentAt = this.#now()
    const { what, history } = this.#state()
    const updates = consolidate(unsent.updates)
    if (updates.length === 0 || this.#subscribers.size === 0) return
    const startedMs = performance.now()
    const chunk = this.#encoder.update(what.epoch, history.timestamp, updates)
    for (const subscriber of this.#subscribers) subscriber.offer(chunk, unsent.from)
    this.#onFanout?.((performance.now() - startedMs) / 1000)
  }

  /** Gives a client its beginning, if the rows are there and not behind what it has. */
  #admit(subscriber: Subscriber<Chunk>): void {
    this.#flush()
    const position = this.position
    if (!position) return
    const { lastEventId } = subscriber
    if (lastEventId?.epoch === position.epoch) {
      if (lastEventId.timestamp <= position.timestamp) subscriber.continueFrom(lastEventId.timestamp)
      else this.#waitForAhead(subscriber)
    } else if (lastEventId || subscriber.wantsSnapshot) {
      subscriber.sendSnapshot()
    } else {
      subscriber.sendOnlyNews(this.#encoder.heartbeat(position, true, this.#now()))
    }
  }

  #ahead = new WeakSet<Subscriber<Chunk>>()

  #waitForAhead(subscriber: Subscriber<Chunk>): void {
    if (this.#ahead.has(subscriber)) return
    this.#ahead.add(subscriber)
    setTimeout(() => {
      if (subscriber.isWaiting && this.#history) subscriber.sendSnapshot()
    }, AHEAD_MS).unref()
  }

  /** Tells all clients that the stream lives and how far it is. */
  heartbeat(): void {
    this.#flush()
    const now = this.#now()
    const withId = this.#encoder.heartbeat(this.position, true, now)
    const withoutId = this.#encoder.heartbeat(this.position, false, now)
    for (const subscriber of [...this.#subscribers]) subscriber.heartbeat(withId, withoutId, now)
  }
}
