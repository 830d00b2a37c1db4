import type { Pool } from 'pg'
import { backoffMs } from '../backoff.ts'
import { HISTORY_MS } from '../hub/history.ts'
import type { Hub } from '../hub/hub.ts'
import type { Log } from '../log.ts'
import {
  AsOfRefusedError,
  NotMaterializeError,
  RelationChangedError,
  RelationMissingError,
  RelationTooLargeError,
} from '../materialize/errors.ts'
import type { RelationName } from '../materialize/relation-name.ts'
import { subscribe } from '../materialize/subscribe.ts'
import { DATABASE_LOST } from '../protocol/events.ts'
import { FoldError } from '../protocol/fold.ts'
import { sleep } from '../sleep.ts'
import { heal } from './heal.ts'
import { watchIdentity } from './watch-identity.ts'

/** More rows are refused: a browser could not hold them. */
export const MAX_ROWS = 1_000_000
/** A relation that is missing may be on its way back for so long. */
export const GONE_AFTER_MS = 10_000

export interface Supervised {
  readonly url: string
  readonly relation: RelationName
  /** The relation's name in logs and events. */
  readonly label: string
  readonly hub: Hub<unknown>
  /** For reads of the catalog. */
  readonly pool: Pool
  readonly log: Log
  readonly onProgress: () => void
  /** Called when the cursor is lost, and then opened anew. */
  readonly onLost?: (() => void) | undefined
  readonly signal: AbortSignal
}

/**
 * Keeps a hub fed through every failure: the one place that retries. Resolves when the signal is aborted or when the
 * relation can never change again; rejects where the relation is no more, or too large.
 */
export async function supervise(options: Supervised): Promise<void> {
  const { hub, label, log, signal } = options
  let attempt = 0
  let missingSince: number | undefined
  let beginning: Beginning = 'past'
  while (!signal.aborted) {
    try {
      await follow(options, beginning, () => {
        if (attempt > 0) log.info({ relation: label }, 'cursor is live again')
        attempt = 0
        missingSince = undefined
      })
      return
    } catch (error) {
      if (signal.aborted) return
      missingSince = error instanceof RelationMissingError ? (missingSince ?? Date.now()) : undefined
      const isGone = missingSince !== undefined && Date.now() - missingSince >= GONE_AFTER_MS
      if (isGone || error instanceof RelationTooLargeError) throw error
      if (error instanceof AsOfRefusedError) {
        beginning = hub.position ? 'compare' : 'now'
        log.info({ relation: label, reason: error.message }, 'history is gone')
        continue
      }
      beginning = error instanceof FoldError ? 'compare' : 'past'
      hub.setStatus('reconnecting', reasonOf(error))
      options.onLost?.()
      log.warn({ relation: label, reason: messageOf(error), attempt }, 'cursor lost')
      await sleep(backoffMs(attempt++), signal)
    }
  }
}

/**
 * Where a cursor begins. `past`: after what is held; where nothing is held, as far back as our own history reaches, so
 * that ids from before a restart can be continued. `compare`: with a snapshot that is compared with what is held.
 */
type Beginning = 'past' | 'compare' | 'now'

/** One cursor, from its opening to its end. */
async function follow(options: Supervised, beginning: Beginning, onLive: () => void): Promise<void> {
  const { url, relation, label, hub, pool, log } = options
  const cursor = new AbortController()
  const signal = AbortSignal.any([options.signal, cursor.signal])
  const after = beginning === 'past' ? hub.position : undefined
  const asOf = beginning === 'past' && !hub.position ? BigInt(Date.now() - HISTORY_MS) : undefined
  try {
    const subscription = await subscribe({
      url,
      relation,
      after,
      asOf,
      catalog: pool,
      maxRows: MAX_ROWS,
      signal,
    })
    const { server, epoch, begins } = subscription
    log.info({ relation: label, word: server.word, epoch, begins }, 'cursor opened')
    if (server.word === 'TAIL') {
      void watchIdentity(pool, subscription, signal).then((change) => change && cursor.abort(change))
    }
    for await (const batches of heal(hub, label, subscription)) {
      hub.publish(batches)
      if ((hub.rowCount ?? 0) > MAX_ROWS) throw new RelationTooLargeError(label, MAX_ROWS)
      hub.setStatus('live', '')
      options.onProgress()
      onLive()
    }
  } catch (error) {
    throw cursor.signal.aborted ? cursor.signal.reason : error
  } finally {
    cursor.abort()
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** For whoever watches the stream: what happened, without the words of a server or an address. */
function reasonOf(error: unknown): string {
  if (error instanceof RelationMissingError) return error.message
  if (error instanceof RelationChangedError || error instanceof NotMaterializeError) return error.message
  return DATABASE_LOST
}
