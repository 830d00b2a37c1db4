import type { Pool } from 'pg'
import { backoffMs } from '../backoff.ts'
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
  let canResume = true
  while (!signal.aborted) {
    try {
      await follow(options, canResume, () => {
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
      hub.setStatus('reconnecting', reasonOf(error))
      log.warn({ relation: label, reason: messageOf(error), attempt }, 'cursor lost')
      // Where what is held cannot be continued, a snapshot is compared with it.
      canResume = !(error instanceof AsOfRefusedError || error instanceof FoldError)
      if (error instanceof AsOfRefusedError) continue
      await sleep(backoffMs(attempt++), signal)
    }
  }
}

/** One cursor, from its opening to its end. */
async function follow(options: Supervised, canResume: boolean, onLive: () => void): Promise<void> {
  const { url, relation, label, hub, pool, log } = options
  const cursor = new AbortController()
  const signal = AbortSignal.any([options.signal, cursor.signal])
  const after = canResume ? hub.position : undefined
  try {
    const subscription = await subscribe({ url, relation, after, maxRows: MAX_ROWS, signal })
    const { server, epoch, resumes } = subscription
    log.info({ relation: label, word: server.word, epoch, resumes }, 'cursor opened')
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
  return 'The connection to the database was lost'
}
