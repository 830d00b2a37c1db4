import type { Client, Pool } from 'pg'
import type { Batch } from '../protocol/batch.ts'
import { BatchCloser } from './batches.ts'
import { findRelation, type Relation } from './catalog.ts'
import { connect, databaseOf, disconnect } from './connect.ts'
import { declareCursor, fetchRows, WATCHDOG_MS } from './cursor.ts'
import { createDecoder } from './decode.ts'
import { identify, type Server } from './dialect.ts'
import { epochOf } from './epoch.ts'
import {
  isUnknownRelation,
  RelationChangedError,
  RelationMissingError,
  RelationTooLargeError,
} from './errors.ts'
import { formatRelationName, type RelationName } from './relation-name.ts'

/** Where an earlier subscription to the same relation had come to. */
export interface Position {
  readonly epoch: string
  readonly timestamp: bigint
}

export interface SubscribeOptions {
  readonly url: string
  readonly relation: RelationName
  /** Continue after this position, if the relation is still the same and the database holds that history. */
  readonly after?: Position | undefined
  /** Else begin with the state as of this time, if the database holds that history. */
  readonly asOf?: bigint | undefined
  /** Asked once the cursor has begun whether the name still means the relation that was found. */
  readonly catalog: Pick<Pool, 'query'>
  /** More rows than this are refused. */
  readonly maxRows: number
  readonly signal: AbortSignal
}

export interface Subscription {
  readonly server: Server
  readonly relation: Relation
  readonly epoch: string
  /** The epoch of a filter and projection of the relation. */
  epochOf(shapeKey: string): string
  /**
   * `after`: the batches continue after the asked position. Else the first one is the whole state, as of the asked
   * time in the `past`, or as of `now`.
   */
  readonly begins: 'after' | 'past' | 'now'
  /** Closed batches in order, as many as one FETCH closed. Ends where the relation can never change again. */
  readonly batches: AsyncIterable<Batch[]>
}

/**
 * Subscribes to a relation over a connection of its own. Aborting ends the connection, and with it the statement on
 * the server; so does leaving the loop over the batches. Throws {@link RelationMissingError}, and while the batches
 * are read `AsOfRefusedError`, {@link RelationTooLargeError}, {@link RelationChangedError} and whatever the database says.
 */
export async function subscribe(options: SubscribeOptions): Promise<Subscription> {
  const { url, relation: name, after, catalog, maxRows, signal } = options
  signal.throwIfAborted()
  const client = await connect(url, { applicationName: 'tailboard', timeoutMs: WATCHDOG_MS })
  // Ending the connection is the one thing that interrupts a FETCH.
  const end = () => void disconnect(client)
  signal.addEventListener('abort', end, { once: true })
  const close = async () => {
    signal.removeEventListener('abort', end)
    await disconnect(client)
  }
  try {
    signal.throwIfAborted()
    const server = await identify(client)
    const relation = await findRelation(client, databaseOf(url), name)
    const epoch = epochOf(server, relation)
    const begins = after?.epoch === epoch ? 'after' : options.asOf === undefined ? 'now' : 'past'
    const asOf = begins === 'after' ? after?.timestamp : options.asOf
    await declareCursor(client, {
      word: server.word,
      relation: [relation.database, relation.schema, relation.name],
      snapshot: begins !== 'after',
      asOf,
    }).catch((error: unknown) => {
      throw isUnknownRelation(error) ? new RelationMissingError(formatRelationName(name)) : error
    })
    // Found, then named: in between the name may have been given to another relation.
    const confirm = async () => {
      const { id } = await findRelation(catalog, relation.database, name)
      if (id !== relation.id) throw new RelationChangedError(formatRelationName(name))
    }
    const batches = closeBatches(client, relation, { asOf, maxRows, confirm, close })
    return { server, relation, epoch, epochOf: (key) => epochOf(server, relation, key), begins, batches }
  } catch (error) {
    await close()
    throw error
  }
}

interface Beginning {
  readonly asOf: bigint | undefined
  readonly maxRows: number
  readonly confirm: () => Promise<void>
  readonly close: () => Promise<void>
}

async function* closeBatches(
  client: Client,
  relation: Relation,
  { asOf, maxRows, confirm, close }: Beginning,
): AsyncGenerator<Batch[], void> {
  const label = formatRelationName(relation)
  const closer = new BatchCloser(asOf)
  let decode: ReturnType<typeof createDecoder> | undefined
  try {
    for await (const { fields, rows } of fetchRows(client, asOf)) {
      if (!decode) {
        decode = createDecoder(label, fields, relation.columns)
        await confirm()
      }
      const batches = closer.push(rows.map(decode))
      const most = batches.reduce((max, { updates }) => Math.max(max, updates.length), closer.pending)
      if (most > maxRows) throw new RelationTooLargeError(label, maxRows)
      if (batches.length > 0) yield batches
    }
    yield closer.end()
  } finally {
    await close()
  }
}
