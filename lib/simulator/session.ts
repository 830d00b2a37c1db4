import type { Client, QueryResultRow } from 'pg'
import { connect, disconnect } from '../materialize/connect.ts'

/** Runs one statement and gives its rows. Rejects once the session is over. */
export type Run = <R extends QueryResultRow>(statement: string) => Promise<R[]>

const APPLICATION_NAME = 'tailboard-simulator'
/** A statement without an answer for so long will have none: the other end is gone without a word. */
const ANSWER_TIMEOUT_MS = 30_000

/** The connection ended, or was given up. */
export class SessionLostError extends Error {
  override readonly name = 'SessionLostError'
}

/** What works over one connection. `signal` says that the session is over. */
export interface Session {
  readonly client: Client
  readonly run: Run
  readonly signal: AbortSignal
}

/**
 * Connects, does some work and ends the connection. Rejects with what went wrong first; when `signal` aborts, the
 * session ends at once, whatever runs in it.
 */
export async function withSession<T>(
  url: string,
  signal: AbortSignal,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted()
  const client = await abortable(connect(url, { applicationName: APPLICATION_NAME }), signal)
  const lost = new AbortController()
  const over = AbortSignal.any([signal, lost.signal])
  // Ending a connection rejects the statement that waits for its answer.
  const end = () => void disconnect(client)
  client.once('end', () => lost.abort(new SessionLostError('The connection ended')))
  over.addEventListener('abort', end, { once: true })
  const runNow: Run = async <R extends QueryResultRow>(statement: string) => {
    over.throwIfAborted()
    const timer = setTimeout(
      () => lost.abort(new SessionLostError(`No answer within ${ANSWER_TIMEOUT_MS / 1000} s`)),
      ANSWER_TIMEOUT_MS,
    )
    try {
      return (await client.query<R>(statement)).rows
    } finally {
      clearTimeout(timer)
    }
  }
  // The jobs of a session share its connection, which takes one statement after the other.
  let last: Promise<unknown> = Promise.resolve()
  const run: Run = <R extends QueryResultRow>(statement: string) => {
    const answer = last.then(() => runNow<R>(statement))
    last = answer.catch(() => {})
    return answer
  }
  try {
    over.throwIfAborted()
    return await work({ client, run, signal: over })
  } finally {
    // Also wakes what sleeps in a session that one of its jobs has ended.
    lost.abort(new SessionLostError('The session ended'))
    end()
  }
}

/** Waits no longer than until `signal` aborts; a connection that comes too late is ended. */
async function abortable(connecting: Promise<Client>, signal: AbortSignal): Promise<Client> {
  let abandon: (() => void) | undefined
  const aborted = new Promise<never>((_, reject) => {
    abandon = () => reject(signal.reason)
    signal.addEventListener('abort', abandon, { once: true })
  })
  try {
    return await Promise.race([connecting, aborted])
  } catch (error) {
    connecting.then(
      (client) => disconnect(client),
      () => {},
    )
    throw error
  } finally {
    if (abandon) signal.removeEventListener('abort', abandon)
  }
}
