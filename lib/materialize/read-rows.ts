import type { Client, QueryArrayResult } from 'pg'
import type { RowJson } from '../protocol/row.ts'
import type { Relation } from './catalog.ts'
import { connect, disconnect, RAW_TYPES } from './connect.ts'
import type { RawRow } from './cursor.ts'
import { createRowDecoder } from './decode.ts'
import type { Word } from './dialect.ts'
import { formatRelationName } from './relation-name.ts'
import { declareRead, FETCH_PAGE, type SelectOptions, timeOfRead } from './statement.ts'

/** A page that takes longer will not come any more. */
const READ_TIMEOUT_MS = 30_000
/** The time of the read precedes the columns. */
const LEADING = 1

export interface ReadOptions {
  readonly url: string
  readonly word: Word
  readonly relation: Relation
  /** More rows than these are of no use. */
  readonly enough: number
  readonly signal: AbortSignal
}

/** Rows of a relation, all as of one time. */
export interface RowsRead {
  /** Materialize's time, in digits. */
  readonly timestamp: string
  /** Page by page, as they are asked for. Leaving the loop ends the read. */
  readonly pages: AsyncIterableIterator<RowJson[]>
}

/**
 * Reads a relation over a connection of its own, holding a page of some hundred rows at a time. Resolves with the first
 * page there; from then on the pages have to be read or returned from, or else `signal` aborted, as either ends the
 * connection. Rejects with whatever the database says.
 */
export async function readRows({ url, signal, ...options }: ReadOptions): Promise<RowsRead> {
  signal.throwIfAborted()
  const client = await connect(url, { applicationName: 'tailboard', timeoutMs: READ_TIMEOUT_MS })
  // Ending the connection is the one thing that interrupts a statement.
  const end = () => void disconnect(client)
  signal.addEventListener('abort', end, { once: true })
  const close = async () => {
    signal.removeEventListener('abort', end)
    await disconnect(client)
  }
  try {
    signal.throwIfAborted()
    return await open(client, options, close)
  } catch (error) {
    await close()
    throw error
  }
}

async function open(
  client: Client,
  { word, relation, enough }: Omit<ReadOptions, 'url' | 'signal'>,
  close: () => Promise<void>,
): Promise<RowsRead> {
  const { database, schema, name, columns } = relation
  const select: SelectOptions = {
    word,
    relation: [database, schema, name],
    columns: columns.map((column) => column.name),
    enough,
  }
  await client.query('BEGIN')
  await client.query(declareRead(select))
  const first = await query(client, FETCH_PAGE)
  const decode = createRowDecoder(formatRelationName(relation), first.fields, columns, LEADING)
  const timed = first.rows.length > 0 ? first : await query(client, timeOfRead(select))
  const read = pages(client, first.rows, decode)
  return { timestamp: String(timed.rows[0]?.[0]), pages: closing(read, close) }
}

const query = (client: Client, text: string): Promise<QueryArrayResult<RawRow>> =>
  client.query<RawRow>({ text, rowMode: 'array', types: RAW_TYPES })

async function* pages(
  client: Client,
  first: readonly RawRow[],
  decode: (raw: RawRow) => RowJson,
): AsyncGenerator<RowJson[], void> {
  for (let rows = first; rows.length > 0; rows = (await query(client, FETCH_PAGE)).rows)
    yield rows.map(decode)
}

/** A generator that is returned from before its first page never comes to its own `finally`. */
function closing<T>(pages: AsyncGenerator<T, void>, close: () => Promise<void>): AsyncIterableIterator<T> {
  const over = async <R>(step: Promise<R>): Promise<R> => {
    try {
      return await step
    } catch (error) {
      await close()
      throw error
    }
  }
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    async next() {
      const step = await over(pages.next())
      if (step.done) await close()
      return step
    },
    async return() {
      await close()
      return { done: true, value: undefined }
    },
  }
}
