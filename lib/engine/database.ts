import type { Column } from './change.ts'
import type { Subscription } from './subscription.ts'
import type { Version } from './version.ts'

/** One ordinary statement. */
export interface Statement {
  readonly sql: string
  /**
   * Frontend messages (Parse, Bind, Describe, Execute ...) to hand to PGlite in place of a simple Query, without
   * Sync. Names must be unique to the caller; the unnamed ones are free.
   */
  readonly frames?: Uint8Array
}

/** What a subscription would watch; good until the relation is dropped or replaced. */
export interface Plan {
  readonly columns: readonly Column[]
  /** Where the plan is of a relation: its id, such as `u1`, and its full name. */
  readonly relation: { readonly id: string; readonly name: string } | undefined
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

/** An imitation of Materialize around one PGlite: tables, maintained views, and their changes by timestamp. */
export class Database {
  readonly version: Version
  /** A uuid made once, kept with the data; `mz_cluster_id()` or `mz_environment_id()` contain it. */
  readonly identity: string

  private constructor(version: Version, identity: string) {
    this.version = version
    this.identity = identity
  }

  static async open(_options: OpenOptions): Promise<Database> {
    throw new Error('not built yet')
  }

  /**
   * Runs ordinary statements (reads, INSERT, UPDATE, DELETE, COPY, and CREATE, DROP, ALTER of tables, views,
   * materialized views, indexes and schemas) as one commit with one timestamp. Answers each one's backend messages
   * without ReadyForQuery, table OIDs and attribute numbers 0, Materialize's tags. Reads make no commit. `dryRun`
   * rolls everything back at the end. Throws StatementError, and then nothing has happened.
   */
  async run(_statements: readonly Statement[], _options: { dryRun?: boolean } = {}): Promise<Uint8Array[]> {
    throw new Error('not built yet')
  }

  /** The columns of a relation (name parts as written, folded to lower case where unquoted) or of a query. */
  async plan(_target: { relation: readonly string[] } | { query: string }): Promise<Plan> {
    throw new Error('not built yet')
  }

  /**
   * Starts a subscription; its as-of is fixed here: `asOf`, or now. Without `asOf` it sees every acknowledged
   * write, and later writes have larger timestamps. Throws AsOfRefused where `asOf` is older than the history, and
   * StatementError where the relation is gone (`unknown catalog item`), was replaced by one with other columns
   * (0A000), or cannot be maintained.
   */
  async subscribe(_plan: Plan, _options: { asOf?: bigint; snapshot: boolean }): Promise<Subscription> {
    throw new Error('not built yet')
  }

  /** The current time: never less than the timestamp of anything acknowledged. */
  now(): bigint {
    return 0n
  }

  /** Moves the frontier of everything to now; called every second by a timer of its own. */
  async tick(): Promise<void> {}

  /** May be called twice. */
  async close(): Promise<void> {}
}
