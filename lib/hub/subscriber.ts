import type { EventId } from '../protocol/event-id.ts'

/** A client that takes no byte for so long is closed. */
export const STALL_MS = 60_000

export type CloseReason = 'client' | 'slow' | 'shutdown' | 'gone' | 'signed-out'
/** How a client that came with an id was answered: with what it had missed, or with all rows. */
export type ResumeOutcome = 'continued' | 'snapshot'

/** Where a subscriber's bytes go. */
export interface Writer<Chunk> {
  /** Whether the bytes that wait for the client are still within their bound. */
  hasRoom(): boolean
  /** Grows as the client takes bytes, as far as that can be seen from here. */
  readonly takenBytes: number
  write(chunk: Chunk): void
  /** Ends the stream after what was written. */
  end(): void
  /** Ends the stream at once and drops what waits. */
  abort(): void
}

/** What a subscriber asks of its hub. */
export interface Source<Chunk> {
  /** The parts of a recent snapshot. */
  snapshot(): { readonly chunks: readonly Chunk[]; readonly timestamp: bigint }
  /** One update from a timestamp to now, no chunk where nothing changed; undefined where a snapshot is due. */
  since(after: bigint): { readonly chunk: Chunk | undefined } | undefined
  /** The subscriber is closed. */
  left(subscriber: Subscriber<Chunk>): void
}

export interface SubscriberOptions {
  readonly lastEventId?: EventId | undefined
  readonly wantsSnapshot: boolean
  readonly onClose?: ((reason: CloseReason) => void) | undefined
  /** Called once for a client that came with an id, when it is known how it is answered. */
  readonly onResume?: ((outcome: ResumeOutcome) => void) | undefined
}

type State<Chunk> =
  /** For the hub's first rows, or for it to reach the id that the client has. */
  | { kind: 'waiting' }
  /** A snapshot is on its way. */
  | { kind: 'parts'; chunks: readonly Chunk[]; next: number; timestamp: bigint }
  /** Has all that there is. */
  | { kind: 'current' }
  /** Did not take its bytes in time; is sent nothing until it does, then the difference since `after`. */
  | { kind: 'behind'; after: bigint }
  | { kind: 'closed' }

/** The state that nearly all are in: one for all of them. */
const CURRENT = { kind: 'current' } as const

/**
 * One connected client. It is written to only while its writer has room; what it misses meanwhile is never queued
 * but made up by one consolidated difference, so a slow reader costs a bounded number of bytes.
 */
export class Subscriber<Chunk> {
  #state: State<Chunk> = { kind: 'waiting' }
  /** What a client without room had taken when it was last seen to take something. */
  #lastTaken: { readonly bytes: number; readonly at: number } | undefined
  #untold: Chunk | undefined
  /** What the client already has, or undefined for a client that has nothing. */
  readonly lastEventId: EventId | undefined
  /** Whether a client that has nothing wants the rows that are there. */
  readonly wantsSnapshot: boolean
  readonly #writer: Writer<Chunk>
  readonly #source: Source<Chunk>
  readonly #onClose: ((reason: CloseReason) => void) | undefined
  #onResume: ((outcome: ResumeOutcome) => void) | undefined

  constructor(
    { lastEventId, wantsSnapshot, onClose, onResume }: SubscriberOptions,
    writer: Writer<Chunk>,
    source: Source<Chunk>,
  ) {
    this.lastEventId = lastEventId
    this.wantsSnapshot = wantsSnapshot
    this.#writer = writer
    this.#source = source
    this.#onResume = lastEventId && onResume
    this.#onClose = onClose
  }

  get isWaiting(): boolean {
    return this.#state.kind === 'waiting'
  }

  /** Begins, or begins anew, with all rows. */
  sendSnapshot(): void {
    this.#resumed('snapshot')
    this.#become({ kind: 'parts', next: 0, ...this.#source.snapshot() })
  }

  /** Continues from a timestamp that the client has. */
  continueFrom(after: bigint): void {
    this.#become({ kind: 'behind', after })
  }

  /** Begins with what comes; the position is what the client has from now on. */
  sendOnlyNews(position: Chunk): void {
    if (this.#state.kind === 'closed') return
    this.#writer.write(position)
    this.#become(CURRENT)
  }

  /** An update for those who have everything up to `from`. */
  offer(chunk: Chunk, from: bigint): void {
    if (this.#state.kind !== 'current') return
    if (this.#writer.hasRoom()) this.#writer.write(chunk)
    else this.#state = { kind: 'behind', after: from }
  }

  /** How the upstream does. A client without room hears the latest of it when it has room again. */
  tell(status: Chunk): void {
    if (this.#state.kind === 'closed') return
    this.#untold = status
    this.#send()
  }

  /** `withId` for a client that has everything, else `withoutId`; closes one that has stalled. */
  heartbeat(withId: Chunk, withoutId: Chunk, now: number): void {
    if (!this.#writer.hasRoom()) {
      // Slow is who takes nothing, not who takes little: room is made only by taking everything that waits.
      const { takenBytes: bytes } = this.#writer
      if (this.#lastTaken?.bytes !== bytes) this.#lastTaken = { bytes, at: now }
      else if (now - this.#lastTaken.at >= STALL_MS) this.close('slow')
      return
    }
    if (this.#state.kind === 'closed') return
    this.#writer.write(this.#state.kind === 'current' ? withId : withoutId)
  }

  /** The client took bytes: sends what is due. */
  drain(): void {
    this.#send()
  }

  /** May be called twice. The last words are written even where there is no room. */
  close(reason: CloseReason, lastWords?: Chunk): void {
    if (this.#state.kind === 'closed') return
    this.#state = { kind: 'closed' }
    if (reason === 'slow') this.#writer.abort()
    else {
      if (lastWords) this.#writer.write(lastWords)
      this.#writer.end()
    }
    this.#source.left(this)
    this.#onClose?.(reason)
  }

  #resumed(outcome: ResumeOutcome): void {
    this.#onResume?.(outcome)
    this.#onResume = undefined
  }

  #become(state: State<Chunk>): void {
    if (this.#state.kind === 'closed') return
    this.#state = state
    this.#send()
  }

  #send(): void {
    while (this.#writer.hasRoom()) {
      const state = this.#state
      const status = this.#untold
      if (status !== undefined) {
        this.#untold = undefined
        this.#writer.write(status)
        continue
      }
      if (state.kind === 'behind') this.#catchUp(state.after)
      else if (state.kind === 'parts') this.#sendPart(state)
      else return
    }
  }

  #sendPart(state: State<Chunk> & { kind: 'parts' }): void {
    const chunk = state.chunks[state.next++]
    if (chunk) this.#writer.write(chunk)
    // The snapshot is complete as of its timestamp; what has happened since then comes next.
    else this.#state = { kind: 'behind', after: state.timestamp }
  }

  #catchUp(after: bigint): void {
    const difference = this.#source.since(after)
    this.#resumed(difference ? 'continued' : 'snapshot')
    if (difference === undefined) {
      this.#state = { kind: 'parts', next: 0, ...this.#source.snapshot() }
      return
    }
    this.#state = CURRENT
    if (difference.chunk) this.#writer.write(difference.chunk)
  }
}
