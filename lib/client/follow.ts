import type { Column } from '../protocol/events.ts'
import { Fold } from '../protocol/fold.ts'
import type { Row } from '../protocol/row.ts'
import { rowsOf } from '../protocol/rows-of.ts'
import { Mailbox } from './mailbox.ts'
import { type ClientOptions, createClient, readWhileOpen, toBase } from './open-client.ts'
import { chooseServices } from './services.ts'
import type { StreamServices } from './stream-client.ts'

export type FollowOptions = Omit<ClientOptions, 'snapshot'>

/** A relation as it was at one moment. */
export interface RelationRows {
  readonly columns: readonly Column[]
  /** Each row as often as there are copies of it, in no order. */
  readonly rows: readonly Row[]
  /** The database's time that the rows are exact at, in milliseconds. */
  readonly asOfMs: number
  readonly lastEventId: string
}

/**
 * The rows of a relation, whole and exact, and again whenever they have changed. A reader that is busy meanwhile is
 * given the newest rows and not those in between.
 *
 *     for await (const { rows } of follow('http://127.0.0.1:3000', { relation: 'sensors_latest' })) console.table(rows)
 *
 * Each time costs as much as there are rows: where they are many, fold the events of `subscribe` instead. Address,
 * connections and errors are those of `subscribe`.
 */
export function follow(
  url: string | URL,
  options: FollowOptions,
): AsyncGenerator<RelationRows, void, undefined> {
  return readRows(options, chooseServices(toBase(url), { token: options.token }))
}

/** {@link follow} with services of one's own. */
export async function* readRows(
  options: FollowOptions,
  services: StreamServices,
): AsyncGenerator<RelationRows, void, undefined> {
  const fold = new Fold()
  const changes = new Mailbox<true>()
  let asOfMs = 0
  let isExact = false
  const client = createClient(options, services, {
    lastEventId: () => fold.resumeId,
    onBegin: () => fold.discardParts(),
    onEvent: (event) => {
      // An update that does not fit leaves the rows half changed: they are not shown until they have come anew.
      const wasExact = isExact
      isExact = false
      const change = fold.apply(event)
      isExact = change !== undefined || wasExact
      if (change?.asOfMs === undefined) return
      asOfMs = change.asOfMs
      if (changes.size === 0) changes.put(true)
    },
    onFailure: (error) => changes.fail(error),
  })
  for await (const _ of readWhileOpen(client, changes, options.signal)) {
    if (!isExact) continue
    yield {
      columns: fold.columns,
      rows: [...rowsOf(fold.rows())],
      asOfMs,
      lastEventId: fold.lastEventId ?? '',
    }
  }
}
