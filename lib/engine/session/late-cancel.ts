import { setImmediate } from 'node:timers/promises'
import { canceled } from './portal.ts'

/** What takes less is over before anybody could have cancelled it. */
const LONG_MS = 20
/** A cancel request is a connection of its own: accepted in one turn of the event loop, read in the next. */
const TURNS = 3

/**
 * Answers what a query gives, unless a cancel request came while it ran: then throws 57014.
 *
 * A running SELECT cannot be interrupted: PGlite computes in this thread, which hears nobody until it is done. So the
 * request is heard when the query is over, its rows are thrown away, and the client is told what it would be told had
 * PostgreSQL stopped. What waits, such as a FETCH, a TAIL or a COPY, is ended at once; and so are rows that are still being
 * sent. A write that runs is done when a request is heard, and stays.
 */
export async function unlessCancelled<Result>(
  signal: AbortSignal,
  query: () => Promise<Result>,
): Promise<Result> {
  const began = performance.now()
  const result = await query()
  if (performance.now() - began >= LONG_MS) for (let turn = 0; turn < TURNS; turn++) await setImmediate()
  if (signal.aborted) throw canceled()
  return result
}
