import { type Connection, isMissing, type Trouble } from './connection.ts'

/** After this long without success we say that the connection is lost. The tries go on. */
const LOST_AFTER_MS = 30_000

/** Says how a stream stands, from what happens to it. Knows no stream and no timer. */
export class ConnectionTracker {
  #connection: Connection = { state: 'connecting', since: 0 }
  #attempt = 0
  #brokenSince: number | undefined
  readonly #onChange: (connection: Connection) => void

  constructor(onChange: (connection: Connection) => void) {
    this.#onChange = onChange
  }

  get connection(): Connection {
    return this.#connection
  }

  /** Tries since the stream last worked. */
  get attempt(): number {
    return this.#attempt
  }

  /** True from the first failure until the server is heard again. */
  get isBroken(): boolean {
    return this.#brokenSince !== undefined
  }

  begin(): void {
    this.heard()
    this.#set({ state: 'connecting', since: Date.now() })
  }

  /** It is not this stream's turn yet. */
  wait(): void {
    this.#set({ state: 'connecting', since: Date.now(), trouble: 'waiting' })
  }

  /** The server is there, whatever it says. */
  heard(): void {
    this.#attempt = 0
    this.#brokenSince = undefined
  }

  /** The rows are up to date; without rows there is nothing yet that could be. */
  live(hasRows: boolean): void {
    this.heard()
    if (this.#connection.state !== 'live') {
      this.#set({ state: hasRows ? 'live' : 'connecting', since: Date.now() })
    }
  }

  /** The stream is open, but the rows do not move. */
  stale(trouble: Trouble, detail?: string): void {
    this.heard()
    const { state, since } = this.#connection
    if (state === 'connecting') this.#set({ state, since, trouble, detail })
    else this.#set({ state: 'stale', since: state === 'live' ? Date.now() : since, trouble, detail })
  }

  /** A try has failed. */
  fail(trouble: Trouble, detail?: string, nextRetryAt?: number): void {
    this.#attempt += 1
    this.#break(trouble, detail, nextRetryAt)
  }

  /** A failure turns out to be another one. */
  explain(trouble: Trouble, detail?: string, nextRetryAt?: number): void {
    if (!('attempt' in this.#connection)) return
    this.#break(trouble, detail, nextRetryAt ?? this.#connection.nextRetryAt)
  }

  /** A try is under way: there is no countdown meanwhile. */
  retry(): void {
    if ('attempt' in this.#connection) this.#break(this.#connection.trouble, this.#connection.detail)
  }

  #break(trouble: Trouble, detail: string | undefined, nextRetryAt?: number): void {
    this.#brokenSince ??= Date.now()
    const since = this.#brokenSince
    const broken = { since, attempt: this.#attempt, nextRetryAt, trouble, detail }
    const lost: Connection = { state: 'lost', ...broken }
    const isLost = isMissing(lost) || Date.now() - since >= LOST_AFTER_MS
    this.#set(isLost ? lost : { state: 'reconnecting', ...broken })
  }

  #set(connection: Connection): void {
    this.#connection = connection
    this.#onChange(connection)
  }
}
