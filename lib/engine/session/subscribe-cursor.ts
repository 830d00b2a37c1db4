import type { Column, Values } from '../change.ts'
import type { Plan } from '../database.ts'
import type { Subscribe } from '../parse/command.ts'
import type { Message, Subscription } from '../subscription.ts'
import { noticeResponse } from '../wire/backend.ts'
import { encodeRow } from '../wire/values.ts'
import { asOfError, readAsOf, readFrom } from './as-of.ts'
import { Patience } from './patience.ts'
import { type Cursor, canceled, type Host, type Request } from './portal.ts'
import { fullName, isSystem, relationsOf } from './relations.ts'
import { objectsOf } from './running.ts'
import { materializeColumn, textForm } from './text-forms.ts'

/** Rows that are written before the client is waited for. */
const BATCH_ROWS = 500

/** numeric(39,0): a timestamp may be any u64. */
const TIMESTAMP: Column = { name: 'mz_timestamp', typeOid: 1700, typeSize: -1, typeModifier: 2555908 }
const PROGRESSED: Column = { name: 'mz_progressed', typeOid: 16, typeSize: 1, typeModifier: -1 }
const DIFF: Column = { name: 'mz_diff', typeOid: 20, typeSize: 8, typeModifier: -1 }

/** A TAIL or SUBSCRIBE. It starts, and its as-of is fixed, with the first FETCH, be it of no row. */
export class SubscribeCursor implements Cursor {
  readonly columns: readonly Column[]
  readonly #host: Host
  readonly #statement: Subscribe
  readonly #plan: Plan
  readonly #forms: readonly (((text: string) => string) | undefined)[]
  #subscription: Subscription | undefined
  #canceled = false
  /** It was executed itself, not fetched from. */
  #streams = false
  #closed = false

  constructor(host: Host, statement: Subscribe, plan: Plan) {
    this.#host = host
    this.#statement = statement
    this.#plan = plan
    this.#forms = plan.columns.map(({ typeOid }) => textForm(typeOid))
    this.columns = [
      TIMESTAMP,
      ...(statement.progress ? [PROGRESSED] : []),
      DIFF,
      ...plan.columns.map(materializeColumn),
    ]
  }

  /** Streams rows as they come; suspended when `max` of them were sent. */
  async execute(request: Request): Promise<string | undefined> {
    const subscription = await this.start()
    if (!request.encode && !this.#streams) this.#host.output.write(noticeResponse(this.#notice()))
    this.#streams = true
    const sent = await this.fetch({ ...request, wait: { kind: 'stream' } })
    return subscription.ended || sent < request.max ? `SELECT ${sent}` : undefined
  }

  #notice() {
    const word = this.#host.database.version.era === 'tail' ? 'TAIL' : 'SUBSCRIBE'
    return {
      severity: 'NOTICE',
      code: '01000',
      message: `streaming ${word} rows directly requires a client that does not buffer output`,
    } as const
  }

  async fetch(request: Request): Promise<number> {
    const subscription = await this.start()
    const patience = new Patience(request)
    try {
      return await this.#fetch(subscription, request, patience)
    } finally {
      patience.clear()
    }
  }

  async #fetch(subscription: Subscription, request: Request, patience: Patience): Promise<number> {
    const { max, wait, signal } = request
    let sent = 0
    for (;;) {
      if (signal.aborted || this.#canceled) throw canceled()
      sent += await this.#writeReady(subscription, request, max - sent)
      if (sent >= max || subscription.ended) return sent
      // Its rows go first, the error answers the next FETCH.
      if (subscription.error && sent > 0 && wait.kind === 'first') return sent
      if (subscription.error) throw subscription.error
      if (patience.over || (wait.kind === 'first' && sent > 0)) return sent
      await subscription.ready(patience.signal).catch((error: unknown) => {
        if (!patience.signal.aborted) throw error
      })
    }
  }

  /** Writes what is ready, `max` rows at most; a slow client is waited for. */
  async #writeReady(subscription: Subscription, request: Request, max: number): Promise<number> {
    let sent = 0
    while (sent < max && subscription.size > 0) {
      const rows: Buffer[] = []
      for (const message of subscription.take(Math.min(max - sent, BATCH_ROWS))) {
        if (message.progress && !this.#statement.progress) continue
        const values = this.#values(message)
        const { encode, formats } = request
        rows.push(encode ? encode(values) : encodeRow(this.columns, values, formats))
      }
      if (rows.length > 0) this.#host.output.write(Buffer.concat(rows))
      sent += rows.length
      await this.#host.output.drained()
      if (request.signal.aborted) throw canceled()
    }
    return sent
  }

  #values(message: Message): Values {
    const time = message.timestamp.toString()
    if (message.progress) return [time, 't', null, ...this.#plan.columns.map(() => null)]
    const head = this.#statement.progress ? [time, 'f', String(message.diff)] : [time, String(message.diff)]
    const values = message.values.map((value, index) => {
      const form = this.#forms[index]
      return value !== null && form ? form(value) : value
    })
    return [...head, ...values]
  }

  /** Fixes the as-of. Nothing happens the second time. */
  async start(): Promise<Subscription> {
    if (this.#subscription) return this.#subscription
    const { database, transaction } = this.#host
    const { asOf, snapshot } = this.#statement
    // With a time of its own it may stand beside other statements.
    if (!asOf) transaction.enter('subscribe')
    const relations = this.#relations()
    transaction.enterCluster(relations.map(fullName))
    const time = asOf && (await readAsOf(this.#host, asOf))
    const subscribe = (at: bigint | undefined) =>
      database.subscribe(this.#plan, { ...(at !== undefined && { asOf: at }), snapshot })
    const subscription = await readFrom(asOf, time, subscribe).catch((error: unknown) => {
      throw asOfError(error, database.version)
    })
    if (this.#closed) subscription.close()
    else this.#host.presence.subscribe(objectsOf(database, relations))
    this.#subscription = subscription
    return subscription
  }

  /** Those that are no part of the system's catalog. */
  #relations(): string[][] {
    const { target } = this.#statement
    const names = 'query' in target ? relationsOf(target.query) : [[...target.relation]]
    return names.filter((name) => !isSystem(name))
  }

  /** A cancel request between two FETCHes; it tells nothing before the first one. */
  cancel(): void {
    if (this.#subscription) this.#canceled = true
  }

  close(): void {
    this.#closed = true
    this.#subscription?.close()
  }
}
