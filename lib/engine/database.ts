import { loadModule } from 'pgsql-parser'
import { fullName } from './catalog.ts'
import { readColumns } from './columns.ts'
import { Commit, type RunOptions } from './commit.ts'
import { CopyStage } from './copy-stage.ts'
import type { Core } from './core.ts'
import { Executor } from './executor.ts'
import { Followers } from './followers.ts'
import { Frontier } from './frontier.ts'
import { housekeeping } from './housekeeping.ts'
import { readState, takeOver } from './kept-state.ts'
import { Names } from './names.ts'
import { Registry } from './registry.ts'
import type { Statement } from './statement.ts'
import { openStorage, type Storage } from './storage.ts'
import { type Plan, type SubscribeOptions, Subscriber } from './subscribe.ts'
import type { Subscription } from './subscription.ts'
import { Timeline } from './timeline.ts'
import type { Version } from './version.ts'

export type { RunOptions } from './commit.ts'
export type { Statement } from './statement.ts'
export type { Plan } from './subscribe.ts'

export interface OpenOptions {
  /** A folder to keep the data in; without it everything is in memory. */
  readonly dataDir?: string
  readonly version: Version
  /** The wall clock in Unix milliseconds. */
  readonly now?: () => number
  /** Milliseconds between progress ticks; 0: only `tick()` moves the frontier. */
  readonly tickMs?: number
}

const TICK_MS = 1000
/** The longest time that a timer can keep. */
const MAX_TIMER_MS = 2n ** 31n

/**
 * An imitation of Materialize around one PGlite: tables, maintained views, and their changes by timestamp.
 *
 * docs/architecture.md tells how a change reaches a subscription. What temporal filters change goes the same way,
 * without a statement, when its time has come.
 *
 * All of it runs without a pause: PGlite answers synchronously, so nothing can come between.
 */
export class Database {
  readonly version: Version
  /** A uuid made once, kept with the data; `mz_cluster_id()` or `mz_environment_id()` contain it. */
  readonly identity: string
  readonly names: Names
  readonly #storage: Storage
  readonly #core: Core
  readonly #frontier: Frontier
  readonly #commit: Commit
  readonly #subscriber: Subscriber
  readonly #housekeeping: () => void
  readonly #tickMs: number
  #timer: NodeJS.Timeout | undefined
  #closed = false

  private constructor(storage: Storage, { version, now = Date.now, tickMs = TICK_MS }: OpenOptions) {
    const { backend } = storage
    this.version = version
    this.#storage = storage
    const { identity, last } = readState(backend, version)
    this.identity = identity
    const context = { backend, era: version.era }
    const registry = new Registry(context)
    this.names = new Names(context, registry)
    const executor = new Executor(context, registry)
    const followers = new Followers(version.era)
    this.#core = { ...context, registry, executor, followers, timeline: new Timeline(now, last) }
    this.#frontier = new Frontier(this.#core)
    this.#commit = new Commit(this.#core, this.#frontier)
    this.#subscriber = new Subscriber(this.#core, this.#frontier)
    this.#housekeeping = housekeeping(backend)
    this.#tickMs = tickMs
    const start = this.#core.timeline.next()
    executor.setNow(start)
    backend.transaction(() => {
      if (storage.durable) takeOver(backend)
      registry.load(start)
    })
    this.#schedule()
  }

  /** Throws StorageError where the folder cannot be used. */
  static async open(options: OpenOptions): Promise<Database> {
    await loadModule()
    const storage = await openStorage(options.dataDir, options.version)
    try {
      return new Database(storage, options)
    } catch (error) {
      await storage.close()
      throw error
    }
  }

  /**
   * Runs ordinary statements (reads, INSERT, UPDATE, DELETE, COPY FROM, or CREATE and DROP of tables, views,
   * materialized views, indexes and schemas, which must not be mixed with writes) as one commit with one timestamp.
   * Answers each one's backend messages without ReadyForQuery, table OIDs and attribute numbers 0, Materialize's
   * tags. Reads make no commit. `dryRun` rolls everything back at the end. `asOf` is for reads alone: they see what
   * was there at that time, which must not lie ahead. Throws StatementError, and then nothing has happened;
   * AsOfRefused where a relation's history begins after `asOf`.
   */
  async run(statements: readonly Statement[], options: RunOptions = {}): Promise<Uint8Array[]> {
    const answers = this.#commit.run(statements, options)
    // A later server's tick comes a second after the last tick or write.
    if (this.version.era === 'subscribe') this.#schedule()
    return answers
  }

  /** Takes the rows of a COPY FROM as they come; its statement is to be run when all are there, then it is closed. */
  stageCopy(sql: string): CopyStage {
    return new CopyStage(this.#core.backend, sql)
  }

  /** The columns of a relation (name parts as written, folded to lower case where unquoted) or of a query. */
  async plan(target: { relation: readonly string[] } | { query: string }): Promise<Plan> {
    if ('query' in target) {
      return { columns: readColumns(this.#core, target.query), relation: undefined, query: target.query }
    }
    const system = this.names.systemQuery(target.relation)
    if (system) return { columns: readColumns(this.#core, system), relation: undefined, query: system }
    const { object, relation } = this.#core.registry.find(target.relation)
    const columns =
      relation?.columns ?? readColumns(this.#core, `SELECT * FROM "${object.schema}"."${object.name}"`)
    return {
      columns,
      relation: { id: object.id, parts: target.relation, name: fullName(object) },
      query: undefined,
    }
  }

  /**
   * Starts a subscription; its as-of is fixed here: `asOf`, or now. Without `asOf` it sees every acknowledged
   * write, and later writes have larger timestamps. Throws AsOfRefused where `asOf` is older than the history, and
   * StatementError where the relation is gone (`unknown catalog item`), was replaced by one with other columns
   * (0A000), or cannot be maintained.
   */
  async subscribe(plan: Plan, options: SubscribeOptions): Promise<Subscription> {
    const subscription = this.#subscriber.open(plan, options)
    this.#awaitAsOf(subscription.asOf)
    return subscription
  }

  /** What lies ahead is told when its time has come, not at the next tick. */
  #awaitAsOf(asOf: bigint): void {
    const ms = asOf - this.now()
    if (ms <= 0n || ms >= MAX_TIMER_MS || this.#tickMs === 0) return
    setTimeout(() => {
      if (!this.#closed) void this.tick()
    }, Number(ms) + 1).unref()
  }

  /** The current time: never less than the timestamp of anything acknowledged. */
  now(): bigint {
    return this.#core.timeline.read()
  }

  /** Moves the frontier of everything to now; a timer calls it every second. */
  async tick(): Promise<void> {
    const now = this.#core.timeline.read()
    this.#frontier.tick(now)
    if (this.#storage.durable) this.#core.backend.query(`UPDATE mz_engine.state SET last_timestamp = ${now}`)
    this.#housekeeping()
  }

  #schedule(): void {
    if (this.#timer) clearTimeout(this.#timer)
    if (this.#closed || this.#tickMs === 0) return
    this.#timer = setTimeout(() => {
      void this.tick()
      this.#schedule()
    }, this.#tickMs)
    this.#timer.unref()
  }

  /** May be called twice. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#storage.close()
  }
}
