import { backoffMs } from '../backoff.ts'
import type { Status, StreamEvent } from '../protocol/events.ts'
import { FoldError } from '../protocol/fold.ts'
import type { Connection, Trouble } from './connection.ts'
import type { Refusal } from './refusal.ts'
import { SilenceWatch, STALE_AFTER_MS } from './silence-watch.ts'
import { parseStreamEvent, STREAM_EVENTS, StreamEventError } from './stream-event.ts'

/** Rows this old are not live, though the stream is. */
const BEHIND_MS = 10_000
/** After this long without success we say that the connection is lost. We still try. */
const LOST_AFTER_MS = 30_000
/** The server is asked why it refuses at the first refusal and then at every so many. */
const ATTEMPTS_PER_QUESTION = 5
/** `EventSource.CLOSED`, which is not defined where tests run. */
const EVENT_SOURCE_CLOSED = 2

export interface StreamClientOptions {
  readonly relation: string
  readonly openEventSource: (url: string) => EventSource
  readonly explainRefusal: (relation: string) => Promise<Refusal | undefined>
  readonly random?: () => number
  /** Where to go on from, or undefined to begin with a snapshot. */
  readonly lastEventId: () => string | undefined
  /** A stream begins: parts of a snapshot read before are void. */
  readonly onBegin: () => void
  /** May throw a {@link FoldError}: the next stream then begins with a snapshot. */
  readonly onEvent: (event: StreamEvent) => void
  readonly onConnection: (connection: Connection) => void
}

/** Keeps one stream open: notices silence, opens it anew with backoff, and goes on where it was. */
export class StreamClient {
  readonly #options: StreamClientOptions
  readonly #silence = new SilenceWatch(
    () => this.#onSilence(),
    () => this.#onDeath(),
  )
  #connection: Connection = { state: 'connecting', since: 0 }
  #source: EventSource | undefined
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  #attempt = 0
  #brokenSince: number | undefined
  /** The server said that the database is away. Heartbeats, and what was on its way, mean nothing until it is back. */
  #databaseAway = false
  /** Why the server will end this stream. */
  #farewell: Trouble | undefined
  #wantsSnapshot = false
  /** Why the server refuses, once it has said so. */
  #refusal: Refusal | undefined

  constructor(options: StreamClientOptions) {
    this.#options = options
  }

  open(): void {
    if (this.#source || this.#retryTimer) return
    this.#set({ state: 'connecting', since: Date.now() })
    this.#connect()
  }

  close(): void {
    this.#end()
    this.#attempt = 0
    this.#brokenSince = undefined
  }

  /** Tries now instead of later, unless the stream is known to be alive. */
  retryNow(): void {
    if (!this.#source && !this.#retryTimer) return
    if (this.#brokenSince !== undefined || this.#silence.silentMs > STALE_AFTER_MS) this.#connect()
  }

  #connect(): void {
    this.#end()
    const { relation, openEventSource, lastEventId, onBegin } = this.#options
    onBegin()
    const from = this.#wantsSnapshot ? undefined : lastEventId()
    const source = openEventSource(
      `/api/stream?${new URLSearchParams({ relation, ...(from && { lastEventId: from }) })}`,
    )
    this.#source = source
    for (const kind of STREAM_EVENTS) {
      source.addEventListener(kind, (event: MessageEvent<string>) => {
        if (this.#source === source) this.#receive(kind, event)
      })
    }
    source.addEventListener('error', () => {
      if (this.#source === source) this.#onError(source)
    })
    this.#silence.start()
    // The try itself is shown: there is no countdown while it is under way.
    if ('attempt' in this.#connection) this.#break(this.#connection.trouble, this.#connection.detail)
  }

  #end(): void {
    this.#source?.close()
    this.#source = undefined
    this.#silence.stop()
    clearTimeout(this.#retryTimer)
    this.#retryTimer = undefined
    this.#databaseAway = false
    this.#farewell = undefined
  }

  #receive(kind: StreamEvent['kind'], { data, lastEventId }: MessageEvent<string>): void {
    this.#silence.heard()
    try {
      const event = parseStreamEvent(kind, data, lastEventId)
      this.#options.onEvent(event)
      this.#follow(event)
    } catch (error) {
      if (!(error instanceof FoldError || error instanceof StreamEventError)) throw error
      this.#wantsSnapshot = true
      this.#retryLater('inexact')
    }
  }

  /** What an event says about the stream itself. */
  #follow(event: StreamEvent): void {
    switch (event.kind) {
      case 'snapshot':
        if (event.data.part < event.data.parts) break
        this.#wantsSnapshot = false
        this.#live()
        break
      case 'update':
        this.#live()
        break
      case 'heartbeat':
        if (event.id === undefined) break
        if ((event.data.lagMs ?? 0) > BEHIND_MS && !this.#databaseAway) this.#stale('behind')
        else this.#live()
        break
      case 'status':
        this.#onStatus(event.data)
        break
      case 'bye':
        this.#farewell = event.data.reason
        break
      default:
        event satisfies never
    }
  }

  #onStatus({ state, reason }: Status): void {
    this.#databaseAway = state === 'reconnecting'
    if (state === 'gone') this.#retryLater('gone', reason)
    else if (state === 'live') this.#live()
    else this.#stale('database')
  }

  #live(): void {
    this.#attempt = 0
    this.#brokenSince = undefined
    this.#refusal = undefined
    if (this.#databaseAway || this.#connection.state === 'live') return
    const { lastEventId } = this.#options
    const state = lastEventId() === undefined || this.#wantsSnapshot ? 'connecting' : 'live'
    this.#set({ state, since: Date.now() })
  }

  /** The server is there, so nothing is broken between it and us, but the rows do not move. */
  #stale(trouble: Trouble): void {
    this.#brokenSince = undefined
    const { state, since } = this.#connection
    if (state === 'connecting') this.#set({ state, since, trouble })
    else this.#set({ state: 'stale', since: state === 'live' ? Date.now() : since, trouble })
  }

  #onSilence(): void {
    if (this.#brokenSince === undefined && !this.#databaseAway) this.#stale('silent')
  }

  #onDeath(): void {
    this.#attempt += 1
    this.#break('attempt' in this.#connection ? this.#connection.trouble : 'silent')
    this.#connect()
  }

  #onError(source: EventSource): void {
    if (source.readyState !== EVENT_SOURCE_CLOSED) {
      // The browser opens it again by itself, after the delay that the server asked for and with the last id.
      this.#options.onBegin()
      this.#databaseAway = false
      this.#attempt += 1
      this.#break(this.#farewell ?? 'cut')
      return
    }
    this.#retryLater(this.#refusal?.trouble ?? 'refused', this.#refusal?.detail)
    if (this.#attempt % ATTEMPTS_PER_QUESTION === 1) void this.#explain(this.#connection)
  }

  async #explain(refused: Connection): Promise<void> {
    const refusal = await this.#options.explainRefusal(this.#options.relation)
    if (this.#brokenSince === undefined) return
    this.#refusal = refusal
    if (refusal && this.#connection === refused) {
      this.#break(refusal.trouble, refusal.detail, 'attempt' in refused ? refused.nextRetryAt : undefined)
    }
  }

  #retryLater(trouble: Trouble, detail?: string): void {
    this.#end()
    const delayMs = backoffMs(this.#attempt, this.#options.random)
    this.#attempt += 1
    this.#retryTimer = setTimeout(() => this.#connect(), delayMs)
    this.#break(trouble, detail, Date.now() + delayMs)
  }

  #break(trouble: Trouble, detail?: string, nextRetryAt?: number): void {
    this.#brokenSince ??= Date.now()
    const since = this.#brokenSince
    const hopeless = trouble === 'gone' || trouble === 'missing' || Date.now() - since >= LOST_AFTER_MS
    const state = hopeless ? 'lost' : 'reconnecting'
    this.#set({ state, since, attempt: this.#attempt, nextRetryAt, trouble, detail })
  }

  #set(connection: Connection): void {
    this.#connection = connection
    this.#options.onConnection(connection)
  }
}
