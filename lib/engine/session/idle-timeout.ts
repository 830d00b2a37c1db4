import { errorResponse } from '../wire/backend.ts'
import type { FrontendMessage } from '../wire/frontend.ts'
import type { Conversation } from './conversation.ts'

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 }
/** The longest time that a timer can keep. */
const MAX_MS = 2 ** 31 - 1

/**
 * The client's next message; undefined: it is gone, or a transaction was left open for too long. That is told at once,
 * but the connection closes with the next message only, as the later servers do it. The older ones wait for ever.
 */
export async function nextMessage(session: Conversation): Promise<FrontendMessage | undefined> {
  const { database, inbox, output, transaction, variables } = session
  const limit =
    database.version.era === 'subscribe' && (transaction.open || transaction.failed)
      ? milliseconds(variables.get('idle_in_transaction_session_timeout'))
      : 0
  if (limit === 0) return inbox.next()
  let over = false
  const timer = setTimeout(() => {
    over = true
    const message = 'terminating connection due to idle-in-transaction timeout'
    output.write(errorResponse({ severity: 'FATAL', code: '25P03', message }))
    session.closePortals()
  }, limit)
  try {
    const message = await inbox.next()
    return over ? undefined : message
  } finally {
    clearTimeout(timer)
  }
}

function milliseconds(text: string): number {
  const [, number, unit = 'ms'] = /^(\d+)\s*(\w*)$/.exec(text) ?? []
  return Math.min(Number(number ?? 0) * (UNITS[unit] ?? 1), MAX_MS)
}
