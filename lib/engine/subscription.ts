import type { Column, Values } from './change.ts'
import type { StatementError } from './errors.ts'

/** One row of a subscription: progress, or a row that appeared or vanished. */
export type Message =
  | { readonly progress: true; readonly timestamp: bigint }
  | { readonly progress: false; readonly timestamp: bigint; readonly diff: number; readonly values: Values }

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
