import type { Column, Update } from './change.ts'
import { StatementError } from './errors.ts'
import { HISTORY_CHANGES } from './history.ts'

/** One row of a subscription: progress, or an update. */
export type Message = { readonly progress: true; readonly timestamp: bigint } | Update

/**
 * The changes of one relation or query from its as-of on, in order: timestamps never decrease, the rows of one
 * timestamp are contiguous and consolidated. Progress rows are always among them. What is not taken stays queued.
 */
export interface Subscription {
  /** The relation's columns, without the leading `mz_` ones. */
  readonly columns: readonly Column[]
  readonly asOf: bigint
  /** How many messages are ready. */
  readonly size: number
  /** Nothing will come any more, and all was taken: what lies beneath is constant. */
  readonly ended: boolean
  /** Why it failed; set once what came before was taken. */
  readonly error: StatementError | undefined
  /** What is ready, at most `max` messages, without waiting; rows and progress in order. */
  take(max?: number): Message[]
  /** Settles when there is something to take, or it ended, failed or was closed; rejects when `signal` aborts. */
  ready(signal?: AbortSignal): Promise<void>
  /** May be called twice. */
  close(): void
}

/** How far a reader may be behind, its snapshot not counted: as far as a history reaches, whose arrays wait here. */
const MAX_BEHIND = HISTORY_CHANGES

const TOO_FAR_BEHIND = new StatementError({
  severity: 'ERROR',
  code: '53200',
  message: `the subscription is too far behind: more than ${MAX_BEHIND} changes wait to be fetched`,
})

/**
 * The queue between the engine, which pushes, and one reader. Arrays of updates are shared by all readers. A reader that
 * falls too far behind is told so in place of what waits; Materialize would keep it until its memory is full.
 */
export class Queue implements Subscription {
  readonly columns: readonly Column[]
  readonly asOf: bigint
  readonly #onClose: () => void
  #parts: (readonly Message[])[] = []
  /** How many messages of the first part are taken. */
  #taken = 0
  #size = 0
  #progress = -1n
  #outcome: 'open' | 'ended' | 'closed' | { readonly error: StatementError } = 'open'
  readonly #waiting = new Set<() => void>()

  constructor(columns: readonly Column[], asOf: bigint, onClose: () => void) {
    this.columns = columns
    this.asOf = asOf
    this.#onClose = onClose
  }

  get size(): number {
    return this.#size
  }

  get ended(): boolean {
    return this.#size === 0 && this.#outcome === 'ended'
  }

  get error(): StatementError | undefined {
    return this.#size === 0 && typeof this.#outcome === 'object' ? this.#outcome.error : undefined
  }

  push(messages: readonly Message[]): void {
    if (this.#outcome !== 'open' || messages.length === 0) return
    this.#parts.push(messages)
    this.#size += messages.length
    const first = (this.#parts[0]?.length ?? 0) - this.#taken
    if (this.#size - first > MAX_BEHIND) {
      this.#clear()
      this.fail(TOO_FAR_BEHIND)
    }
    this.#wake()
  }

  /** Says that nothing below `timestamp` will come any more, unless that was said before. */
  progress(timestamp: bigint): void {
    if (timestamp <= this.#progress) return
    this.#progress = timestamp
    this.push([{ progress: true, timestamp }])
  }

  end(): void {
    this.#finish('ended')
  }

  fail(error: StatementError): void {
    this.#finish({ error })
  }

  take(max = Number.POSITIVE_INFINITY): Message[] {
    const messages: Message[] = []
    while (messages.length < max) {
      const part = this.#parts[0]
      if (!part) break
      const end = Math.min(part.length, this.#taken + max - messages.length)
      for (let index = this.#taken; index < end; index++) messages.push(part[index] as Message)
      this.#taken = end
      if (end < part.length) break
      this.#parts.shift()
      this.#taken = 0
    }
    this.#size -= messages.length
    return messages
  }

  async ready(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    if (this.#size > 0 || this.#outcome !== 'open') return
    let wake = () => {}
    try {
      await new Promise<void>((resolve, reject) => {
        wake = () => (signal?.aborted ? reject(signal.reason) : resolve())
        this.#waiting.add(wake)
        signal?.addEventListener('abort', wake)
      })
    } finally {
      this.#waiting.delete(wake)
      signal?.removeEventListener('abort', wake)
    }
  }

  close(): void {
    if (this.#outcome === 'closed') return
    this.#finish('closed')
    this.#outcome = 'closed'
    this.#clear()
    this.#onClose()
  }

  #clear(): void {
    this.#parts = []
    this.#taken = 0
    this.#size = 0
  }

  #finish(outcome: 'ended' | 'closed' | { readonly error: StatementError }): void {
    if (this.#outcome !== 'open') return
    this.#outcome = outcome
    this.#wake()
  }

  #wake(): void {
    for (const wake of this.#waiting) wake()
  }
}
