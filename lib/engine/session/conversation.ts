import type { Parsed } from '../parse/parser.ts'
import type { Binding } from '../wire/frontend.ts'
import type { Inbox } from './inbox.ts'
import type { Cursor, Host, Portal, Request } from './portal.ts'
import type { Prepared } from './prepared.ts'
import type { Variables } from './variables.ts'

/** What a statement may do with the conversation that it is part of. */
export interface Conversation extends Host {
  readonly inbox: Inbox
  readonly variables: Variables
  readonly portals: Map<string, Portal>
  readonly prepared: Map<string, Prepared>
  /** Aborts with a cancel request. */
  readonly signal: AbortSignal
  /** All rows, in text, waiting for the first. */
  request(): Request
  /** Makes a statement ready to run. */
  open(parsed: Parsed, prepared?: Prepared, binding?: Binding): Promise<Portal>
  /** In a failed transaction only its end is accepted. */
  refuseIfFailed(parsed: Parsed | undefined): void
  /** Throws 34000 where there is none of that name. */
  cursor(name: string): Cursor
  dropTemporary(): Promise<void>
  /** Ends the transaction; answers whether it was committed. Throws where its writes cannot be. */
  end(commit: boolean): Promise<boolean>
  /** The end of a query string, or Sync: what was not begun with BEGIN is committed. */
  endImplicit(): Promise<void>
  /** Tells the client of an error, and what it means for the transaction. */
  fail(error: unknown, parsed: Parsed | undefined): void
  /** Says that the next message is waited for. */
  ready(): void
  closePortals(): void
}
