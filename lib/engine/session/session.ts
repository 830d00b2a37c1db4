import { createLog } from '../../log.ts'
import { quoteName } from '../backend.ts'
import { TEMPORARY } from '../catalog-sql.ts'
import type { Database } from '../database.ts'
import { StatementError } from '../errors.ts'
import { type Parsed, parse } from '../parse/parser.ts'
import { refusal } from '../refuse.ts'
import {
  commandComplete,
  emptyQueryResponse,
  errorResponse,
  type Notice,
  noticeResponse,
  parameterStatus,
  readyForQuery,
  rowDescription,
} from '../wire/backend.ts'
import type { Binding, FrontendMessage } from '../wire/frontend.ts'
import type { Conversation } from './conversation.ts'
import { Extended } from './extended.ts'
import { nextMessage } from './idle-timeout.ts'
import type { Inbox } from './inbox.ts'
import { openPortal } from './open-portal.ts'
import { type Cursor, isCursor, type Output, type Portal, type Request } from './portal.ts'
import type { Prepared } from './prepared.ts'
import { relationsOf } from './relations.ts'
import type { Presence } from './running.ts'
import type { Asker } from './session-functions.ts'
import { SubscribeCursor } from './subscribe-cursor.ts'
import { Transaction } from './transaction.ts'
import { toFields } from './translate.ts'
import { LEVELS } from './variable-list.ts'
import type { Variables } from './variables.ts'

const log = createLog('engine')

const ABORTED = 'current transaction is aborted, commands ignored until end of transaction block'

/** One client's conversation: its variables, its transaction, its cursors. */
export class Session implements Conversation {
  readonly database: Database
  readonly output: Output
  readonly inbox: Inbox
  readonly variables: Variables
  readonly presence: Presence
  readonly transaction: Transaction
  readonly portals = new Map<string, Portal>()
  readonly prepared = new Map<string, Prepared>()
  readonly temporary = new Map<string, string>()
  readonly #user: string
  readonly #processId: number
  readonly #cancel: Asker['cancel']
  readonly #extended: Extended
  #running: AbortController | undefined
  #closed = false

  constructor(
    database: Database,
    output: Output,
    inbox: Inbox,
    identity: Pick<Asker, 'user' | 'processId' | 'cancel'> & {
      readonly variables: Variables
      readonly presence: Presence
    },
  ) {
    this.database = database
    this.output = output
    this.inbox = inbox
    this.#user = identity.user
    this.#processId = identity.processId
    this.#cancel = identity.cancel
    this.variables = identity.variables
    this.presence = identity.presence
    this.transaction = new Transaction(database.version.era)
    this.#extended = new Extended(this)
  }

  get asker(): Asker {
    const database = this.variables.get('database')
    const { version } = this.database
    return { user: this.#user, database, processId: this.#processId, version, cancel: this.#cancel }
  }

  /** Answers messages until the client leaves. */
  async run(): Promise<void> {
    for (let message = await nextMessage(this); message; message = await nextMessage(this)) {
      if (message.kind === 'terminate') return
      this.#running = new AbortController()
      if (this.#closed) this.#running.abort()
      await this.#answer(message)
      this.#running = undefined
      await this.output.drained()
    }
  }

  get signal(): AbortSignal {
    this.#running ??= new AbortController()
    return this.#running.signal
  }

  /** A cancel request. Where nothing runs it is lost, but the later server ends the connection's subscription. */
  cancel(): void {
    this.#running?.abort()
    if (this.#running || this.database.version.era === 'tail') return
    for (const portal of this.portals.values()) if (portal instanceof SubscribeCursor) portal.cancel()
  }

  /** The client is gone: whatever runs or waits for it ends. May be called twice. */
  close(): void {
    this.#closed = true
    this.#running?.abort()
    this.closePortals()
    this.dropTemporary().catch((error: unknown) => log.error({ err: error }, 'temporary objects are left'))
  }

  async dropTemporary(): Promise<void> {
    const dropped = [...this.temporary].map(([name, kind]) => ({
      sql: `DROP ${kind} IF EXISTS ${TEMPORARY}.${quoteName(name)} CASCADE`,
    }))
    this.temporary.clear()
    if (dropped.length > 0) await this.database.run(dropped)
  }

  async #answer(message: FrontendMessage): Promise<void> {
    if (message.kind === 'query') await this.#query(message.sql)
    else await this.#extended.answer(message)
  }

  async #query(sql: string): Promise<void> {
    this.portals.get('')?.close()
    this.portals.delete('')
    let failed: Parsed | undefined
    try {
      const statements = parse(sql, this.database.version.era)
      if (statements.length === 0) this.output.write(emptyQueryResponse)
      if (statements.length > 1) this.transaction.begin('implicit', Date.now())
      for (const statement of statements) {
        failed = statement
        await this.#runStatement(statement)
      }
      failed = undefined
      await this.endImplicit()
    } catch (error) {
      this.fail(error, failed)
    }
    this.ready()
  }

  async #runStatement(parsed: Parsed): Promise<void> {
    const portal = await this.open(parsed)
    try {
      if (portal.columns) this.output.write(rowDescription(portal.columns))
      const tag = await portal.execute(this.request())
      this.output.write(commandComplete(tag ?? ''))
    } finally {
      portal.close()
    }
  }

  request(): Request {
    return { max: Number.POSITIVE_INFINITY, wait: { kind: 'first' }, formats: [], signal: this.signal }
  }

  async open(parsed: Parsed, prepared?: Prepared, binding?: Binding): Promise<Portal> {
    this.refuseIfFailed(parsed)
    return openPortal(this, parsed, prepared, binding)
  }

  refuseIfFailed(parsed: Parsed | undefined): void {
    const kind = parsed?.command.kind
    if (!this.transaction.failed || kind === 'commit' || kind === 'rollback') return
    throw refusal('25P02', ABORTED)
  }

  cursor(name: string): Cursor {
    const portal = this.portals.get(name)
    if (portal && isCursor(portal)) return portal
    throw refusal('34000', `cursor ${JSON.stringify(name)} does not exist`)
  }

  notice(notice: Notice): void {
    const least = LEVELS.indexOf(this.variables.get('client_min_messages'))
    if (LEVELS.indexOf(notice.severity.toLowerCase()) >= least) this.output.write(noticeResponse(notice))
  }

  async end(commit: boolean): Promise<boolean> {
    const { failed } = this.transaction
    const committed = commit && !failed
    const writes = this.transaction.end()
    this.closePortals()
    for (const [name, value] of this.variables.endTransaction(committed)) {
      this.output.write(parameterStatus(name, value))
    }
    if (committed && writes.length > 0) await this.database.run(writes)
    return committed
  }

  async endImplicit(): Promise<void> {
    if (this.transaction.explicit || this.transaction.failed) return
    if (this.transaction.open) await this.end(true)
    else {
      this.closePortals()
      this.variables.endTransaction(true)
    }
  }

  fail(error: unknown, parsed: Parsed | undefined): void {
    if (!(error instanceof StatementError)) log.error({ err: error }, 'a statement failed')
    const query = error instanceof StatementError ? error.query : undefined
    const sql = query ?? parsed?.sql ?? ''
    const within = query === undefined ? 0 : Math.max(parsed?.sql.indexOf(query) ?? 0, 0)
    const fields = toFields(error, {
      version: this.database.version,
      reads: () => relationsOf(sql).length > 0,
      sql,
      knows: (kind, name) => this.database.names.knows(kind, name),
      before: (parsed?.start ?? 0) + within,
    })
    this.output.write(errorResponse(fields))
    const wasExplicit = this.transaction.explicit || this.transaction.failed
    this.transaction.fail()
    this.closePortals()
    if (wasExplicit) return
    this.transaction.end()
    this.variables.endTransaction(false)
  }

  ready(): void {
    this.output.write(readyForQuery(this.transaction.status))
  }

  closePortals(): void {
    for (const portal of this.portals.values()) portal.close()
    this.portals.clear()
    this.presence.endSubscriptions()
  }
}
