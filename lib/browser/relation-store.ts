import type { Connection } from '../client/connection.ts'
import type { Stream, StreamReader } from '../client/stream.ts'
import type { StreamQuery } from '../client/stream-query.ts'
import type { Column, StreamEvent } from '../protocol/events.ts'
import { Fold, type FoldChange } from '../protocol/fold.ts'
import { requestFrame } from './frame.ts'
import { openStream } from './open-stream.ts'
import { isPageHidden, onPageReturn } from './page-presence.ts'
import { ServerClock } from './server-clock.ts'

/** What a page makes of the rows: fed with every change, asked for what it shows at most once a frame. */
export interface Projection<View> {
  apply(change: FoldChange): void
  /**
   * `nowMs` is the server's time; `unseen` says that changes came while nobody could see the page. The answer is
   * a new object whenever it differs, so that React sees it; it may share its insides with the one before.
   */
  show(nowMs: number, unseen: boolean): View
}

export interface RelationState<View> {
  readonly connection: Connection
  /** True once the rows have been there: an empty relation is ready, too. */
  readonly ready: boolean
  readonly columns: readonly Column[]
  readonly size: number
  /** The database's time that the rows are exact at, in milliseconds. */
  readonly asOfMs: number | undefined
  /** Milliseconds to add to this machine's clock to have the server's. */
  readonly clockOffsetMs: number
  /** The id up to which everything has been read. */
  readonly lastEventId: string | undefined
  /** True where one connection serves all tabs of the browser. */
  readonly isShared: boolean
  readonly view: View
}

export interface RelationStoreOptions<View> extends StreamQuery {
  readonly projection: Projection<View>
  /** Least time between two notifications; a frame when not given. The first change is shown at once. */
  readonly minIntervalMs?: number
  /** How long the stream outlives its last reader; a second when not given. */
  readonly lingerMs?: number
  readonly openStream?: (reader: StreamReader) => Stream
  /** Asked when the page is hidden: true where the projection wants each change as it comes all the same. */
  readonly readsHidden?: () => boolean
}

/** React mounts twice in development, and moves between pages: a stream outlives its last reader by this time. */
const CLOSE_LINGER_MS = 1_000

/** The rows of one relation, outside React. The first subscriber opens the stream, the last one closes it. */
export class RelationStore<View> {
  readonly #fold = new Fold()
  readonly #clock = new ServerClock()
  readonly #projection: Projection<View>
  readonly #stream: Stream
  readonly #minIntervalMs: number
  readonly #lingerMs: number
  readonly #listeners = new Set<() => void>()
  #connection: Connection = { state: 'connecting', since: 0 }
  #asOfMs: number | undefined
  #state: RelationState<View>
  #shownAt = 0
  #unseen = false
  /** What of the time while nobody could see the page is still to come. */
  #heldBack: 'nothing' | 'all' | 'rest' = 'nothing'
  #cancelShow: (() => void) | undefined
  #leavePage: (() => void) | undefined
  #closeTimer: ReturnType<typeof setTimeout> | undefined

  constructor(options: RelationStoreOptions<View>) {
    this.#projection = options.projection
    this.#minIntervalMs = options.minIntervalMs ?? 0
    this.#lingerMs = options.lingerMs ?? CLOSE_LINGER_MS
    const { relation, columns, filters, readsHidden } = options
    this.#stream = (options.openStream ?? openStream)({
      query: { relation, columns, filters },
      readsHidden,
      lastEventId: () => this.#fold.resumeId,
      onBegin: () => this.#fold.discardParts(),
      onEvent: (event, size) => this.#apply(event, size),
      onHeldBack: () => {
        this.#heldBack = 'all'
      },
      onUnseen: () => {
        this.#unseen = true
        if (this.#heldBack === 'all') this.#heldBack = 'rest'
      },
      onConnection: (connection) => {
        this.#connection = connection
        this.#schedule()
      },
    })
    this.#state = this.#read()
  }

  getState = (): RelationState<View> => this.#state

  /** True as long as what came while nobody could see the page is not among the rows. */
  get isBehind(): boolean {
    return this.#heldBack !== 'nothing'
  }

  /** Opens the stream with the first listener; returns the undo. */
  subscribe = (listener: () => void): (() => void) => {
    clearTimeout(this.#closeTimer)
    this.#listeners.add(listener)
    if (!this.#leavePage) this.#open()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size > 0) return
      clearTimeout(this.#closeTimer)
      this.#closeTimer = setTimeout(() => this.#close(), this.#lingerMs)
    }
  }

  /** Asks the projection anew although nothing came: time alone has changed what it shows. */
  refresh = (): void => this.#schedule()

  /** For the reader who does not want to wait for the next try. */
  retryNow = (): void => this.#stream.retryNow()

  #open(): void {
    this.#leavePage = onPageReturn(() => {
      this.#stream.retryNow()
      if (this.#unseen) this.#schedule()
    })
    this.#stream.open()
  }

  #close(): void {
    this.#stream.close()
    this.#leavePage?.()
    this.#leavePage = undefined
    this.#cancelShow?.()
    this.#cancelShow = undefined
  }

  #apply(event: StreamEvent, size?: number): void {
    const change = this.#fold.apply(event, size)
    if (change) this.#projection.apply(change)
    if (event.kind === 'heartbeat') this.#clock.observe(event.data.now, Date.now())
    // Between the parts of a snapshot the rows are still the old ones.
    if (!change && event.kind !== 'heartbeat') return
    if ('timestamp' in event.data && event.data.timestamp !== null) {
      this.#asOfMs = Number(event.data.timestamp)
    }
    this.#schedule()
  }

  #schedule(): void {
    if (isPageHidden()) {
      this.#unseen = true
      return
    }
    if (this.#cancelShow) return
    const waitMs = this.#shownAt + this.#minIntervalMs - Date.now()
    const show = () => {
      this.#cancelShow = requestFrame(() => this.#show())
    }
    if (waitMs <= 0) {
      show()
      return
    }
    const timer = setTimeout(show, waitMs)
    this.#cancelShow = () => clearTimeout(timer)
  }

  #show(): void {
    this.#cancelShow = undefined
    this.#shownAt = Date.now()
    this.#state = this.#read()
    this.#unseen = false
    if (this.#heldBack === 'rest') this.#heldBack = 'nothing'
    for (const listener of this.#listeners) listener()
  }

  #read(): RelationState<View> {
    const { offsetMs } = this.#clock
    return {
      connection: this.#connection,
      ready: this.#fold.lastEventId !== undefined,
      columns: this.#fold.columns,
      size: this.#fold.size,
      asOfMs: this.#asOfMs,
      clockOffsetMs: offsetMs,
      lastEventId: this.#fold.lastEventId,
      isShared: this.#stream.isShared,
      view: this.#projection.show(Date.now() + offsetMs, this.#unseen),
    }
  }
}
