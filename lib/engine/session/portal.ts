import type { Column } from '../change.ts'
import type { Database } from '../database.ts'
import { refusal } from '../refuse.ts'
import type { Notice } from '../wire/backend.ts'
import type { Presence } from './running.ts'
import type { Asker } from './session-functions.ts'
import type { Transaction } from './transaction.ts'

/** How long a FETCH waits: for the first rows, for a time, or on and on as rows are streamed. */
export type Wait = { readonly kind: 'first' | 'stream' } | { readonly kind: 'time'; readonly ms: number }

export interface Request {
  /** Infinity: all. */
  readonly max: number
  readonly wait: Wait
  /** Of the result's columns, 0 text and 1 binary; one stands for all, none for text. */
  readonly formats: readonly number[]
  /** Aborts on a cancel request, and when the client is gone. */
  readonly signal: AbortSignal
  /** Makes the message of a row: a DataRow unless told otherwise. */
  readonly encode?: ((values: readonly (string | null)[]) => Buffer) | undefined
}

/** A statement, ready to be run: what the protocol calls a portal. A cursor is one too, in the same namespace. */
export interface Portal {
  /** Undefined: it answers no rows. */
  readonly columns: readonly Column[] | undefined
  /** Runs it, or goes on after `max` rows; answers the tag, or undefined where it was suspended. */
  execute(request: Request): Promise<string | undefined>
  /** May be called twice. */
  close(): void
}

/** A portal that a FETCH can take rows from. */
export interface Cursor extends Portal {
  readonly columns: readonly Column[]
  /** Throws what must come before anything else is told. Nothing happens the second time. */
  start(signal: AbortSignal): Promise<unknown>
  /** Writes rows and answers how many. */
  fetch(request: Request): Promise<number>
}

export const isCursor = (portal: Portal): portal is Cursor => 'fetch' in portal

/** Where a session's answers go. */
export interface Output {
  write(bytes: Uint8Array): void
  /** Settles when the client has taken enough of what was written, or is gone. */
  drained(): Promise<void>
}

/** What portals need of their session. */
export interface Host {
  readonly database: Database
  readonly output: Output
  readonly transaction: Transaction
  readonly asker: Asker
  readonly presence: Presence
  /** The temporary objects that the session made, by name, and what DROP calls them. */
  readonly temporary: Map<string, string>
  notice(notice: Notice): void
}

export const canceled = (): Error => refusal('57014', 'canceling statement due to user request')
