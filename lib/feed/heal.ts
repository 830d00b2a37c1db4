import { History } from '../hub/history.ts'
import type { Hub } from '../hub/hub.ts'
import type { Subscription } from '../materialize/subscribe.ts'
import type { Batch } from '../protocol/batch.ts'

/** A new snapshot may lie a little before what is held; one that stays behind is of another time. */
export const BEHIND_MS = 10_000

/** How near to the wall clock rows from the past must have come before they are shown. */
const CAUGHT_UP_MS = 2_000
/** A database whose clock is another one is not waited for longer. */
const CATCH_UP_MS = 3_000

/**
 * Brings a hub to where a subscription begins, then yields the batches that follow. A subscription that continues
 * needs nothing. One that begins anew with the relation that is held is healed by the difference, and with anything
 * else by a snapshot for all clients.
 */
export async function* heal(
  hub: Hub<unknown>,
  label: string,
  { epoch, epochOf, relation, begins, batches }: Subscription,
  now = Date.now,
): AsyncGenerator<readonly Batch[], void> {
  let isHealed = begins === 'after'
  let fresh: History | undefined
  const startedAt = now()
  const show = (rows: History) => {
    const held = hub.position
    const isHeld = held?.epoch === epoch && now() - startedAt < BEHIND_MS
    // Compared too early, the difference would take back what clients already have.
    if (isHeld && rows.timestamp < held.timestamp) return false
    if (isHeld) hub.rebase(rows)
    else hub.begin({ relation: label, columns: relation.columns, epochOf }, rows)
    return true
  }
  for await (const closed of batches) {
    if (isHealed) {
      yield closed
      continue
    }
    const [first, ...rest] = closed
    if (!first) continue
    if (fresh) fresh.apply(closed)
    else {
      fresh = new History(first)
      fresh.apply(rest)
    }
    const isPast = begins === 'past' && fresh.timestamp < BigInt(startedAt - CAUGHT_UP_MS)
    if (isPast && now() - startedAt < CATCH_UP_MS) continue
    isHealed = show(fresh)
    // Nothing is left to publish, but the cursor lives.
    if (isHealed) yield []
  }
  // A relation that can never change has no other rows than these.
  if (!isHealed && fresh) show(fresh)
}
