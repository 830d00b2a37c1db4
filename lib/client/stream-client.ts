import { backoffMs } from '../backoff.ts'
import { DATABASE_LOST, type Status, type StreamEvent } from '../protocol/events.ts'
import { FoldError } from '../protocol/fold.ts'
import type { Trouble } from './connection.ts'
import { ConnectionTracker } from './connection-tracker.ts'
import { toRawEvent } from './raw-event.ts'
import type { Refusal } from './refusal.ts'
import { SilenceWatch, STALE_AFTER_MS } from './silence-watch.ts'
import type { Stream, StreamReader } from './stream.ts'
import { parseStreamEvent, STREAM_EVENTS, StreamEventError } from './stream-event.ts'
import { type StreamQuery, toSearch } from './stream-query.ts'
import type { Slots } from './stream-slots.ts'

/** Rows this old are not live, though the stream is. */
const BEHIND_MS = 10_000
/** The server is asked why it refuses at the first refusal and then at every so many. */
const ATTEMPTS_PER_QUESTION = 5
/** What was on its way when the database went away is here within this time. Rows that come later are news. */
const ON_ITS_WAY_MS = 1_000
/** `EventSource.CLOSED`, which is not defined where tests run. */
const EVENT_SOURCE_CLOSED = 2

/** What a client needs of its surroundings. */
export interface StreamServices {
  /** `path` begins with a slash: the address of the server goes before it. */
  readonly openEventSource: (path: string) => EventSource
  readonly explainRefusal: (query: StreamQuery) => Promise<Refusal | undefined>
  /** Where an explanation costs nothing, one is asked for at every refusal. */
  readonly knowsRefusals?: boolean
  /** Shared by all clients that share a limit. */
  readonly slots: Slots
  readonly random?: () => number
}

/** Keeps one stream open: notices silence, opens it anew with backoff, and goes on where it was. */
export class StreamClient implements Stream {
  readonly isShared = false
  readonly #options: StreamReader & StreamServices
  readonly #tracker: ConnectionTracker
  readonly #silence = new SilenceWatch(
    () => this.#onSilence(),
    () => this.#onDeath(),
  )
  #leaveSlot: (() => void) | undefined
  #source: EventSource | undefined
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  /** Since when the database is away. Heartbeats, and what was on its way, mean nothing meanwhile. */
  #awaySince: number | undefined
  /** Why the server will end this stream. */
  #farewell: Trouble | undefined
  #wantsSnapshot = false
  /** Why the server refuses, once it has said so. */
  #refusal: Refusal | undefined

  constructor(options: StreamReader & StreamServices) {
    this.#options = options
    this.#tracker = new ConnectionTracker(options.onConnection)
  }

  open(): void {
    if (this.#leaveSlot) return
    this.#tracker.begin()
    const onTurn = () => {
      this.#tracker.begin()
      this.#connect()
    }
    this.#leaveSlot = this.#options.slots.take(onTurn, () => this.#tracker.wait())
  }

  close(): void {
    this.#disconnect()
    this.#leaveSlot?.()
    this.#leaveSlot = undefined
  }

  retryNow(): void {
    if (!this.#source && !this.#retryTimer) return
    if (this.#tracker.isBroken || this.#silence.silentMs > STALE_AFTER_MS) this.#connect()
  }

  #disconnect(): void {
    this.#source?.close()
    this.#source = undefined
    this.#silence.stop()
    clearTimeout(this.#retryTimer)
    this.#retryTimer = undefined
    this.#awaySince = undefined
    this.#farewell = undefined
  }

  #connect(): void {
    this.#disconnect()
    const { query, openEventSource, lastEventId, onBegin } = this.#options
    onBegin()
    const from = this.#wantsSnapshot ? undefined : lastEventId()
    const resume = from === undefined ? '' : `&${new URLSearchParams({ lastEventId: from })}`
    const source = openEventSource(`/api/stream?${toSearch(query)}${resume}`)
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
    this.#tracker.retry()
  }

  #receive(kind: StreamEvent['kind'], { data, lastEventId }: MessageEvent<string>): void {
    this.#silence.heard()
    this.#options.onRaw?.(toRawEvent(kind, data, lastEventId))
    try {
      const event = parseStreamEvent(kind, data, lastEventId)
      this.#options.onEvent(event)
      this.#follow(event)
    } catch (error) {
      if (!(error instanceof FoldError || error instanceof StreamEventError)) throw error
      // Who keeps no rows has none that could be wrong: what was garbled comes again after the last id.
      this.#wantsSnapshot = this.#options.query.snapshot !== false
      this.#retryLater('inexact')
    }
  }

  /** What an event says about the stream itself. */
  #follow(event: StreamEvent): void {
    switch (event.kind) {
      case 'snapshot':
        if (event.data.part < event.data.parts) break
        this.#wantsSnapshot = false
        this.#onRows()
        break
      case 'update':
        this.#onRows()
        break
      case 'heartbeat':
        if (event.id === undefined) break
        if ((event.data.lagMs ?? 0) > BEHIND_MS && this.#awaySince === undefined)
          this.#tracker.stale('behind')
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
    this.#awaySince = state === 'reconnecting' ? Date.now() : undefined
    if (state === 'gone') {
      this.#refusal = { trouble: 'gone', detail: reason }
      this.#retryLater('gone', reason)
    } else if (state === 'live') this.#live()
    else this.#tracker.stale('database', reason === DATABASE_LOST ? undefined : reason)
  }

  #onRows(): void {
    if (Date.now() - (this.#awaySince ?? 0) > ON_ITS_WAY_MS) this.#awaySince = undefined
    this.#live()
  }

  #live(): void {
    this.#refusal = undefined
    if (this.#awaySince !== undefined) this.#tracker.heard()
    else this.#tracker.live(this.#options.lastEventId() !== undefined && !this.#wantsSnapshot)
  }

  #onSilence(): void {
    if (!this.#tracker.isBroken && this.#awaySince === undefined) this.#tracker.stale('silent')
  }

  #onDeath(): void {
    const { connection } = this.#tracker
    this.#tracker.fail('attempt' in connection ? connection.trouble : 'silent')
    this.#connect()
  }

  #onError(source: EventSource): void {
    if (source.readyState === EVENT_SOURCE_CLOSED) {
      this.#retryLater(this.#refusal?.trouble ?? 'refused', this.#refusal?.detail)
      const isAsked = this.#tracker.attempt % ATTEMPTS_PER_QUESTION === 1
      if (isAsked || this.#options.knowsRefusals) void this.#explain()
      return
    }
    // The browser opens it again by itself, after the delay that the server asked for and with the last id.
    this.#options.onBegin()
    this.#awaySince = undefined
    this.#tracker.fail(this.#farewell ?? 'cut')
  }

  async #explain(): Promise<void> {
    const refused = this.#tracker.connection
    const refusal = await this.#options.explainRefusal(this.#options.query)
    if (!this.#tracker.isBroken) return
    this.#refusal = refusal
    if (!refusal || this.#tracker.connection !== refused) return
    this.#tracker.explain(refusal.trouble, refusal.detail, this.#postpone(refusal))
  }

  /** A server that says when to come back is not asked sooner, nor by all at that very moment. */
  #postpone({ retryAfterMs = 0 }: Refusal): number | undefined {
    if (retryAfterMs === 0 || !this.#retryTimer) return undefined
    const delayMs = retryAfterMs + backoffMs(this.#tracker.attempt, this.#options.random)
    clearTimeout(this.#retryTimer)
    this.#retryTimer = setTimeout(() => this.#connect(), delayMs)
    return Date.now() + delayMs
  }

  #retryLater(trouble: Trouble, detail?: string): void {
    this.#disconnect()
    const delayMs = backoffMs(this.#tracker.attempt, this.#options.random)
    this.#retryTimer = setTimeout(() => this.#connect(), delayMs)
    this.#tracker.fail(trouble, detail, Date.now() + delayMs)
  }
}
