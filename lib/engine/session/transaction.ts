import type { Statement } from '../database.ts'
import type { StatementError } from '../errors.ts'
import { refusal } from '../refuse.ts'
import type { Version } from '../version.ts'
import type { TransactionStatus } from '../wire/backend.ts'
import { TimeDomain } from './time-domain.ts'

/** What a transaction is used for; the first real statement decides. */
export type Use = 'read' | 'subscribe' | 'write' | 'ddl'

/**
 * A transaction as Materialize has it: reads, or one subscription, or buffered writes, never a mixture. It lives
 * here alone: no transaction is held in PGlite, where one would keep every other session waiting.
 */
export class Transaction {
  readonly #era: Version['era']
  /** `implicit`: one query string of several statements. */
  #state: 'none' | 'implicit' | 'explicit' | 'failed' = 'none'
  #use: Use | undefined
  readonly #writes: Statement[] = []
  #began = 0
  readonly timeDomain = new TimeDomain()
  /** Whether the first statement read nothing but the system's catalog. */
  #onCatalog: boolean | undefined
  /** Whether there was a query of constants, beside which nothing is defined. */
  #hasConstant = false

  constructor(era: Version['era']) {
    this.#era = era
  }

  get status(): TransactionStatus {
    if (this.#state === 'failed') return 'E'
    return this.#state === 'explicit' ? 'T' : 'I'
  }

  /** Cursors and buffered writes outlive the statement. */
  get open(): boolean {
    return this.#state !== 'none'
  }

  get explicit(): boolean {
    return this.#state === 'explicit'
  }

  get failed(): boolean {
    return this.#state === 'failed'
  }

  get use(): Use | undefined {
    return this.#use
  }

  /** When it began, in Unix milliseconds: what `now()` means in it. */
  get began(): number {
    return this.#began
  }

  /** False where one is open already. A transaction of one query string becomes an explicit one. */
  begin(kind: 'implicit' | 'explicit', now: number): boolean {
    if (kind === 'explicit' && this.#state === 'implicit') {
      this.#state = 'explicit'
      return true
    }
    if (this.open) return false
    this.#state = kind
    this.#began = now
    return true
  }

  /** A statement failed: an explicit transaction waits for its ROLLBACK, an implicit one is over. */
  fail(): void {
    if (this.#state === 'explicit') this.#state = 'failed'
    this.#use = undefined
    this.#writes.length = 0
  }

  /** Ends it and answers the writes that are to be committed. */
  end(): Statement[] {
    this.#state = 'none'
    this.#use = undefined
    this.#onCatalog = undefined
    this.#hasConstant = false
    this.timeDomain.leave()
    return this.#writes.splice(0)
  }

  write(statement: Statement): void {
    this.#writes.push(statement)
  }

  /** Throws where a statement of this use does not fit to what came before. */
  enter(use: Use): void {
    if (!this.open) return
    if (use === 'ddl' && this.#hasConstant) throw this.#readOnly()
    if (this.#use === undefined || (this.#use === use && use !== 'subscribe' && use !== 'ddl')) {
      this.#use = use
      return
    }
    throw this.#mixed(use)
  }

  /** A query of constants: the later server lets it stand among writes. */
  enterConstant(): void {
    if (this.open && this.#use === 'subscribe') throw this.#mixed('read')
    this.#hasConstant = this.open
  }

  /** A query with a time of its own fits everywhere, later on not beside a subscription without one. */
  enterReadAsOf(): void {
    if (this.open && this.#era === 'subscribe' && this.#use === 'subscribe') throw this.#mixed('read')
  }

  /** `relations`: those that are no part of the system's catalog. The first statement chooses the cluster. */
  enterCluster(relations: readonly string[]): void {
    if (!this.open || this.#era === 'tail') return
    this.#onCatalog ??= relations.length === 0
    if (!this.#onCatalog || relations.length === 0) return
    const items = relations.map((name) => `"${name}"`).join(', ')
    throw refusal(
      '2F003',
      `querying the following items ${items} is not allowed from the "mz_catalog_server" cluster`,
      {
        detail:
          'The transaction is executing on the mz_catalog_server cluster, ' +
          'maybe having been routed there by the first statement in the transaction.',
      },
    )
  }

  #mixed(use: Use): StatementError {
    const word = this.#era === 'tail' ? 'TAIL' : 'SUBSCRIBE'
    switch (this.#use) {
      case 'write':
        return refusal('25000', 'transaction in write-only mode')
      case 'ddl':
        return refusal('25000', 'this transaction can only execute a single statement')
      case 'subscribe':
        if (use === 'write' && this.#era === 'subscribe') return this.#readOnly()
        return refusal('25000', `${word} in transactions must be the only read statement`)
      default:
        return this.#readOnly()
    }
  }

  #readOnly(): StatementError {
    return refusal('25006', 'transaction in read-only mode', {
      detail:
        this.#era === 'tail'
          ? undefined
          : 'SELECT queries cannot be combined with other query types, including SUBSCRIBE.',
    })
  }
}
