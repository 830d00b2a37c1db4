import type { Pool } from 'pg'
import { findRelation } from '../materialize/catalog.ts'
import { epochOf } from '../materialize/epoch.ts'
import { RelationChangedError, RelationMissingError } from '../materialize/errors.ts'
import { formatRelationName } from '../materialize/relation-name.ts'
import type { Subscription } from '../materialize/subscribe.ts'
import { sleep } from '../sleep.ts'

const CHECK_MS = 5_000

/**
 * A TAIL runs on for ever when its relation is dropped or redefined, so the catalog is asked. Resolves with what
 * happened, or with undefined once the signal is aborted.
 */
export async function watchIdentity(
  pool: Pool,
  { server, relation, epoch }: Subscription,
  signal: AbortSignal,
): Promise<RelationChangedError | RelationMissingError | undefined> {
  for (;;) {
    await sleep(CHECK_MS, signal)
    if (signal.aborted) return undefined
    try {
      const found = await findRelation(pool, relation.database, relation)
      if (epochOf(server, found) !== epoch) return new RelationChangedError(formatRelationName(relation))
    } catch (error) {
      if (error instanceof RelationMissingError) return error
      // A catalog that does not answer proves nothing, and the cursor has a watchdog of its own.
    }
  }
}
