import 'server-only'
import type { Pool } from 'pg'
import { IdempotentAnswers } from './api/idempotency.ts'
import type { Stored } from './api/reading.ts'
import type { RelationDescription } from './api/schemas.ts'
import { readEnv } from './env.ts'
import { Feed } from './feed/feed.ts'
import { Reads } from './feed/reads.ts'
import { createLog, type Log } from './log.ts'
import { findRelation, listRelations, type Relation } from './materialize/catalog.ts'
import { databaseOf, openPool } from './materialize/connect.ts'
import { identify, type Server } from './materialize/dialect.ts'
import { RelationMissingError, RelationTooLargeError } from './materialize/errors.ts'
import { type RowsRead, readRows } from './materialize/read-rows.ts'
import { formatRelationName, type RelationName } from './materialize/relation-name.ts'
import { countRows } from './materialize/rows.ts'
import { type StoredReading, storeReadings } from './materialize/store-readings.ts'
import { Metrics } from './metrics/metrics.ts'
import type { Column } from './protocol/events.ts'
import { sleep } from './sleep.ts'
import type { SseChunk } from './sse/chunk.ts'
import { sseEncoder } from './sse/encode.ts'

/** How long a new stream waits for the catalog before it opens all the same. */
const CATALOG_PATIENCE_MS = 1_000
/** A relation that was found too large is refused at once for so long. */
const TOO_LARGE_MS = 60_000

/** Ten thousand readings take the embedded engine some seconds. */
const WRITE_TIMEOUT_MS = 30_000

/** Nothing new is opened any more. */
export class ShuttingDownError extends Error {
  override readonly name = 'ShuttingDownError'
  constructor() {
    super('The server is shutting down')
  }
}

/** The composition root of the app: the database it watches, and a feed for each relation that somebody watches. */
export class Feeds {
  #feeds = new Map<string, Feed<SseChunk>>()
  #tooLarge = new Map<string, { error: RelationTooLargeError; until: number }>()
  #isClosing = false
  readonly #closing = new AbortController()
  readonly #url: string
  readonly #allowed: ReadonlySet<string> | undefined
  readonly #pool: Pool
  /** Of its own: readings are many, and reads of the catalog wait for nobody. */
  readonly #writers: Pool
  readonly #log: Log
  readonly #reads = new Reads()
  readonly metrics = new Metrics(this)
  /** What was answered to those who store readings under a key. */
  readonly stored = new IdempotentAnswers<Stored>()

  constructor(url: string, streamRelations: readonly string[] | undefined, log: Log) {
    this.#url = url
    this.#allowed = streamRelations && new Set(streamRelations.map(normalise))
    this.#pool = openPool(url, { applicationName: 'tailboard' })
    this.#writers = openPool(url, { applicationName: 'tailboard', timeoutMs: WRITE_TIMEOUT_MS })
    this.#log = log
  }

  isAllowed(relation: RelationName): boolean {
    return this.#allowed?.has(formatRelationName(relation)) ?? true
  }

  /**
   * The columns of a relation. Rejects with `RelationMissingError` where the catalog says that there is none of that
   * name. A database that does not answer says nothing, hence undefined: a stream can be opened and waits for it.
   */
  async columnsOf(name: RelationName): Promise<readonly Column[] | undefined> {
    // Where somebody watches already, nobody need be asked.
    const known = this.#feeds.get(formatRelationName(name))?.hub.columns
    if (known) return known
    const patience = new AbortController()
    try {
      const found = await Promise.race([this.relation(name), sleep(CATALOG_PATIENCE_MS, patience.signal)])
      return found?.columns
    } catch (error) {
      if (error instanceof RelationMissingError) throw error
      return undefined
    } finally {
      patience.abort()
    }
  }

  /** The feed of a relation, opened for its first client. Throws {@link RelationTooLargeError}, {@link ShuttingDownError}. */
  open(relation: RelationName): Feed<SseChunk> {
    if (this.#isClosing) throw new ShuttingDownError()
    const key = formatRelationName(relation)
    const tooLarge = this.#tooLarge.get(key)
    if (tooLarge && tooLarge.until > Date.now()) throw tooLarge.error
    let feed = this.#feeds.get(key)
    if (!feed) {
      feed = new Feed({
        url: this.#url,
        relation,
        pool: this.#pool,
        encoder: sseEncoder,
        log: this.#log,
        onLost: () => this.metrics.cursorReconnects.inc(),
        onFanout: (seconds) => this.metrics.fanout.observe(seconds),
        onEnd: (error) => {
          this.#feeds.delete(key)
          if (error instanceof RelationTooLargeError) {
            this.#tooLarge.set(key, { error, until: Date.now() + TOO_LARGE_MS })
          }
        },
      })
      this.#feeds.set(key, feed)
    }
    return feed
  }

  /** Streams that are open. */
  get clients(): number {
    return [...this.#feeds.values()].reduce((sum, { hub }) => sum + hub.size, 0)
  }

  /** How far behind the clock the rows of the slowest cursor are; undefined where there is none. */
  get lagMs(): number | undefined {
    const lags = [...this.#feeds.values()].flatMap(({ lagMs }) => lagMs ?? [])
    return lags.length > 0 ? Math.max(...lags) : undefined
  }

  /** Which database answers. */
  server(): Promise<Server> {
    return identify(this.#pool)
  }

  /** Where it is, as `host:port/database`: without a user, and without secrets. */
  get address(): string {
    const { hostname, port, pathname } = new URL(this.#url)
    return `${hostname}:${port || 6875}${pathname === '/' ? '' : pathname}`
  }

  /** The relations that may be watched. */
  async relations(): Promise<Relation[]> {
    const relations = await listRelations(this.#pool, databaseOf(this.#url))
    return relations.filter((relation) => this.isAllowed(relation))
  }

  /** Throws `RelationMissingError`. */
  relation(name: RelationName): Promise<Relation> {
    return findRelation(this.#pool, databaseOf(this.#url), name)
  }

  /** A relation for people and programs; `rows` is null where the database cannot count them in time. */
  async describe(relation: Relation): Promise<RelationDescription> {
    const { schema, name, kind, columns } = relation
    const clients = this.#feeds.get(formatRelationName(relation))?.hub.size ?? 0
    return { schema, name, kind, columns, rows: await countRows(this.#pool, relation), clients }
  }

  /**
   * Reads a relation as of now. The pages have to be read to their end or returned from, and `onEnd` called then. Throws
   * `TooManyReadsError`, {@link ShuttingDownError} and whatever the database says.
   */
  async readRows(
    relation: Relation,
    enough: number,
    signal: AbortSignal,
  ): Promise<RowsRead & { readonly onEnd: () => void }> {
    if (this.#isClosing) throw new ShuttingDownError()
    const onEnd = this.#reads.begin()
    try {
      const { word } = await this.server()
      const ending = AbortSignal.any([signal, this.#closing.signal])
      return { ...(await readRows({ url: this.#url, word, relation, enough, signal: ending })), onEnd }
    } catch (error) {
      onEnd()
      throw error
    }
  }

  /** Stores readings, all of them or none. Throws {@link ShuttingDownError} and whatever the database says. */
  async storeReadings(readings: readonly StoredReading[]): Promise<void> {
    if (this.#isClosing) throw new ShuttingDownError()
    await storeReadings(this.#writers, readings)
  }

  /** Why a load balancer should send nobody here; undefined where the database answers and all cursors progress. */
  async whyNotReady(): Promise<string | undefined> {
    if (this.#isClosing) return 'The server is shutting down.'
    const server = await this.server().catch(() => undefined)
    if (!server) return 'The database does not answer.'
    const stalled = [...this.#feeds].find(([, feed]) => !feed.isHealthy)
    return stalled && `The cursor of ${stalled[0]} does not progress.`
  }

  /** Ends all streams with a farewell and closes all cursors. */
  async close(): Promise<void> {
    this.#isClosing = true
    for (const feed of [...this.#feeds.values()]) feed.shutdown()
    this.#closing.abort()
    await Promise.all([this.#pool.end(), this.#writers.end()])
  }
}

const normalise = (name: string): string => (name.startsWith('public.') ? name.slice('public.'.length) : name)

// Development reloads modules and Next keeps several module graphs; the feeds must be one all the same.
const FEEDS = Symbol.for('tailboard.feeds')
const GATE = Symbol.for('tailboard.gate')
const slot = globalThis as { [FEEDS]?: Feeds }

/** The one set of feeds of this process. Throws `SettingsError` where no database is named. */
export function getFeeds(): Feeds {
  slot[FEEDS] ??= startFeeds()
  return slot[FEEDS]
}

function startFeeds(): Feeds {
  const { materializeUrl, streamRelations, accessToken } = readEnv()
  // Whoever starts Next by itself leaves out the gate (lib/access), and nothing would ask for the token.
  if (accessToken !== undefined && !(GATE in globalThis))
    throw new Error('ACCESS_TOKEN is set and nothing asks for it: start the app with npm start')
  if (!materializeUrl) throw new Error('MATERIALIZE_URL is not set: start the app with npm start')
  const log = createLog('feeds')
  const feeds = new Feeds(materializeUrl, streamRelations, log)
  // Next waits for open responses when it is told to end, and a stream never ends by itself.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'shutting down')
      feeds.close().catch((error: unknown) => log.warn({ err: error }, 'shutdown was not clean'))
    })
  }
  return feeds
}
