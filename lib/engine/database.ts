import { randomUUID } from 'node:crypto'
import { loadModule } from 'pgsql-parser'
import { readingPast, snapshotAsOf } from './as-of.ts'
import { type Entry, fullName } from './catalog.ts'
import { SEARCH_PATH } from './catalog-sql.ts'
import type { Column } from './change.ts'
import { readColumns } from './columns.ts'
import type { Changes } from './dataflow.ts'
import { AsOfRefused, internalError, StatementError } from './errors.ts'
import { Executor, type Statement, settingSql } from './executor.ts'
import { Followers, toUpdates } from './followers.ts'
import { housekeeping } from './housekeeping.ts'
import { Registry } from './registry.ts'
import { classify, type Definition, type Work } from './rewrite.ts'
import { openStorage, type Storage } from './storage.ts'
import { Queue, type Subscription } from './subscription.ts'
import { MAX_TIMESTAMP } from './time-sql.ts'
import { Timeline } from './timeline.ts'
import type { Version } from './version.ts'
import type { Context, Relation } from './views/relation.ts'

export type { Statement } from './executor.ts'

/** What a subscription would watch; good until the relation is dropped or replaced. */
export interface Plan {
  readonly columns: readonly Column[]
  /** Where the plan is of a relation: its id, such as `u1`, its name as asked for, and its full name. */
  readonly relation:
    | { readonly id: string; readonly parts: readonly string[]; readonly name: string }
    | undefined
  readonly query: string | undefined
}

export interface OpenOptions {
  /** A folder to keep the data in; without it everything is in memory. */
  readonly dataDir?: string
  readonly version: Version
  /** The wall clock in Unix milliseconds. */
  readonly now?: () => number
  /** Milliseconds between progress ticks; 0: only `tick()` moves the frontier. */
  readonly tickMs?: number
}

export interface RunOptions {
  readonly dryRun?: boolean | undefined
  readonly asOf?: bigint | undefined
}

const TICK_MS = 1000

/**
 * An imitation of Materialize around one PGlite: tables, maintained views, and their changes by timestamp.
 *
 * How a change reaches a subscription: triggers note what a statement does to tables; before the commit, `Dataflow`
 * carries that through the views, in the same transaction; after it, the changes of its timestamp go to the
 * histories and to the followers, and a progress row closes the timestamp. What temporal filters change is done in
 * the same way, without a statement, when its time has come.
 *
 * All of it runs without a pause: PGlite answers synchronously, so nothing can come between.
 */
export class Database {
  readonly version: Version
  /** A uuid made once, kept with the data; `mz_cluster_id()` or `mz_environment_id()` contain it. */
  readonly identity: string
  readonly #storage: Storage
  readonly #context: Context
  readonly #timeline: Timeline
  readonly #registry: Registry
  readonly #executor: Executor
  readonly #followers: Followers
  readonly #housekeeping: () => void
  readonly #tickMs: number
  #timer: NodeJS.Timeout | undefined
  #closed = false

  private constructor(storage: Storage, options: OpenOptions) {
    const { backend } = storage
    this.version = options.version
    this.#storage = storage
    this.#context = { backend, era: options.version.era }
    const { major, minor, patch, text } = options.version
    backend.query(`SET search_path = ${SEARCH_PATH}; ${settingSql('mz.version', text)}
      ${settingSql('mz.version_num', String(major * 100000 + minor * 100 + patch))}`)
    const state = 'UPDATE mz_engine.state SET identity = coalesce(identity,'
    const [identity, last] =
      backend.query(`${state} '${randomUUID()}') RETURNING identity, last_timestamp`)[0] ?? []
    this.identity = identity ?? ''
    this.#timeline = new Timeline(options.now ?? Date.now, BigInt(last ?? 0))
    this.#registry = new Registry(this.#context)
    this.#executor = new Executor(this.#context, this.#registry)
    this.#followers = new Followers(options.version.era)
    this.#housekeeping = housekeeping(backend)
    this.#tickMs = options.tickMs ?? TICK_MS
    const now = this.#timeline.next()
    this.#executor.setNow(now)
    backend.transaction(() => this.#registry.load(now))
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
  async run(
    statements: readonly Statement[],
    { dryRun = false, asOf }: RunOptions = {},
  ): Promise<Uint8Array[]> {
    const works = statements.map(({ sql }, index) => at(index, () => classify(sql, this.version.era)))
    if (works.every(({ kind }) => kind === 'read')) return this.#read(statements, works, { dryRun, asOf })
    if (works.some(({ kind }) => kind === 'definition') && works.some(({ kind }) => kind === 'write')) {
      throw new StatementError({
        severity: 'ERROR',
        code: '25001',
        message: 'DDL cannot be mixed with writes',
      })
    }
    const timestamp = this.#timeline.next()
    this.#advance(timestamp - 1n)
    const answers: Uint8Array[] = []
    let changes: Changes | undefined
    const dropped: Entry[] = []
    const enter = () => this.#executor.setNow(timestamp)
    const work = () => {
      enter()
      for (const [index, statement] of statements.entries()) {
        answers.push(at(index, () => this.#execute(statement, works[index], timestamp, dropped)))
      }
      if (dryRun) return
      changes = this.#registry.dataflow.step({ timestamp, written: true, enter })
      this.#followers.start(timestamp, enter)
      this.#context.backend.query(`UPDATE mz_engine.state SET last_timestamp = ${timestamp}`)
    }
    if (dryRun) {
      this.#context.backend.rolledBack(work)
      return answers
    }
    this.#context.backend.transaction(work)
    if (changes) this.#publish(changes)
    this.#forget(dropped)
    if (this.version.era === 'subscribe') this.#schedule()
    return answers
  }

  #read(
    statements: readonly Statement[],
    works: readonly Work[],
    { dryRun, asOf }: RunOptions,
  ): Uint8Array[] {
    const now = this.#timeline.read()
    if (asOf !== undefined && asOf < now) this.#advance(now)
    const read = (toStatement: (statement: Statement) => Statement) =>
      statements.map((statement, index) =>
        at(index, () => {
          const work = works[index]
          if (work?.kind !== 'read') throw new TypeError('not a read')
          this.#executor.setNow(now)
          return this.#executor.read(toStatement(statement), work, asOf ?? now)
        }),
      )
    if (asOf !== undefined) {
      return this.#context.backend.rolledBack(() =>
        read((statement) => readingPast(statement, asOf, this.#context, this.#registry)),
      )
    }
    const plain = () => read((statement) => statement)
    return dryRun || statements.length > 1 ? this.#context.backend.rolledBack(plain) : plain()
  }

  #execute(statement: Statement, work: Work | undefined, now: bigint, dropped: Entry[]): Uint8Array {
    switch (work?.kind) {
      case 'read':
        return this.#executor.read(statement, work, now)
      case 'write':
        return this.#executor.write(statement, work)
      case 'definition':
        return this.#define(statement, work, now, dropped)
      default:
        throw new TypeError('a statement without a kind')
    }
  }

  #define(statement: Statement, work: Definition, now: bigint, dropped: Entry[]): Uint8Array {
    const { answer, change } = this.#executor.define(statement, work)
    for (const { id } of change.dropped) {
      const entry = this.#registry.entries.get(id)
      if (entry) dropped.push(entry)
    }
    this.#registry.apply(change, now)
    return answer
  }

  /** What was dropped ends its subscriptions; an older server goes on with them, and nobody can tell. */
  #forget(dropped: readonly Entry[]): void {
    for (const { object, relation } of dropped.toReversed()) {
      if (!relation) continue
      const message = `subscribe has been terminated because underlying relation "${fullName(object)}" was dropped`
      if (this.version.era === 'subscribe') this.#followers.fail(relation, internalError(message))
      this.#release(relation)
    }
  }

  #release(relation: Relation): void {
    this.#registry.release(relation, (each) => this.#followers.has(each))
  }

  /** The columns of a relation (name parts as written, folded to lower case where unquoted) or of a query. */
  async plan(target: { relation: readonly string[] } | { query: string }): Promise<Plan> {
    if ('query' in target) {
      return { columns: readColumns(this.#context, target.query), relation: undefined, query: target.query }
    }
    const { object, relation } = this.#registry.find(target.relation)
    const columns =
      relation?.columns ?? readColumns(this.#context, `SELECT * FROM "${object.schema}"."${object.name}"`)
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
  async subscribe(
    plan: Plan,
    { asOf, snapshot }: { asOf?: bigint; snapshot: boolean },
  ): Promise<Subscription> {
    const now = this.#timeline.read()
    this.#advance(now)
    this.#executor.setNow(now)
    return this.#context.backend.transaction(() => {
      const relation = this.#find(plan, now)
      if (relation.isConstant()) return this.#constant(plan, relation, asOf ?? undefined, snapshot)
      const time = asOf ?? now
      const { since } = relation.history
      if (time < since) throw new AsOfRefused(time, since)
      return this.#follow(plan, relation, { asOf: time, snapshot }, now)
    })
  }

  #find(plan: Plan, now: bigint): Relation {
    try {
      if (plan.query !== undefined) return this.#registry.query(plan.query, plan.columns, now)
      const { relation, failure } = this.#registry.find(plan.relation?.parts ?? [])
      if (failure) throw failure
      if (!relation) throw new TypeError('an object without a relation')
      if (!sameColumns(relation.columns, plan.columns)) {
        throw new StatementError({
          severity: 'ERROR',
          code: '0A000',
          message: 'cached plan must not change result type',
        })
      }
      return relation
    } catch (error) {
      const isPlanning =
        error instanceof StatementError && /^(Unsupported|cannot materialize)/.test(error.message)
      if (this.version.era === 'tail' || !isPlanning) throw error
      throw internalError(`internal error: internal error in optimizer: ${error.message}`)
    }
  }

  #follow(
    plan: Plan,
    relation: Relation,
    { asOf, snapshot }: { asOf: bigint; snapshot: boolean },
    now: bigint,
  ): Queue {
    const queue: Queue = new Queue(plan.columns, asOf, () => {
      leave()
      this.#release(relation)
    })
    const leave = this.#followers.add(relation, queue, snapshot)
    if (asOf > now) return queue
    const later = relation.history.after(asOf)
    if (snapshot) queue.push(snapshotAsOf(relation, asOf))
    for (const { changes } of later) queue.push(changes)
    this.#followers.markStarted(queue)
    queue.progress(now + 1n)
    this.#followers.failBroken()
    return queue
  }

  /** What never changes is stamped with the end of time, and ends. */
  #constant(plan: Plan, relation: Relation, asOf: bigint | undefined, snapshot: boolean): Queue {
    const kind = plan.relation && this.#registry.entries.get(plan.relation.id)?.object.kind
    const isStamped = this.version.era === 'tail' ? asOf !== undefined : kind === 'materialized-view'
    const stamp = isStamped ? (asOf ?? this.#timeline.read()) : MAX_TIMESTAMP
    const queue = new Queue(plan.columns, stamp, () => this.#release(relation))
    if (this.version.era === 'subscribe') queue.progress(stamp)
    if (snapshot) queue.push(toUpdates(relation, stamp))
    const failure = relation.failure()
    if (failure === undefined || this.version.era === 'tail') queue.end()
    else queue.fail(internalError(`Evaluation error: ${failure}`))
    return queue
  }

  /** The current time: never less than the timestamp of anything acknowledged. */
  now(): bigint {
    return this.#timeline.read()
  }

  /** Moves the frontier of everything to now; a timer calls it every second. */
  async tick(): Promise<void> {
    const now = this.#timeline.read()
    this.#advance(now)
    for (const relation of this.#registry.dataflow) relation.history.prune(now)
    this.#followers.progress(now + 1n)
    const { backend } = this.#context
    if (this.#storage.durable) backend.query(`UPDATE mz_engine.state SET last_timestamp = ${now}`)
    this.#housekeeping()
  }

  /** Does what temporal filters, and subscriptions with an as-of ahead, have waiting up to `now`. */
  #advance(now: bigint): void {
    const due = () => earlier(this.#registry.dataflow.due(), this.#followers.due())
    let next = due()
    if (next === undefined || next > now) return
    const done: Changes[] = []
    this.#context.backend.transaction(() => {
      for (; next !== undefined && next <= now; next = due()) {
        const timestamp = next
        const enter = once(() => this.#executor.setNow(timestamp))
        done.push(this.#registry.dataflow.step({ timestamp, written: false, enter }))
        this.#followers.start(timestamp, enter)
      }
    })
    for (const changes of done) this.#record(changes)
    const touched = new Map(done.flatMap(({ byRelation }) => [...byRelation]))
    this.#followers.progress(now + 1n, touched)
    this.#followers.failBroken()
  }

  #record(changes: Changes): void {
    for (const [relation, updates] of changes.byRelation) {
      relation.history.append({ timestamp: changes.timestamp, changes: updates })
    }
    this.#followers.publish(changes)
  }

  #publish(changes: Changes): void {
    this.#record(changes)
    // A later server's tables close their time together; an older one says so only where something happened.
    const isTogether = this.version.era === 'subscribe'
    this.#followers.progress(changes.timestamp + 1n, isTogether ? undefined : changes.byRelation)
    this.#followers.failBroken()
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

function once(work: () => void): () => void {
  let isDone = false
  return () => {
    if (!isDone) work()
    isDone = true
  }
}

/** Marks an error with the statement it came from. */
function at<Result>(index: number, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof StatementError)) throw error
    throw new StatementError(error.fields, error.before, index)
  }
}

function sameColumns(left: readonly Column[], right: readonly Column[]): boolean {
  return (
    left.length === right.length &&
    left.every(({ name, typeOid }, index) => name === right[index]?.name && typeOid === right[index]?.typeOid)
  )
}

function earlier(left: bigint | undefined, right: bigint | undefined): bigint | undefined {
  if (left === undefined || right === undefined) return left ?? right
  return left < right ? left : right
}
