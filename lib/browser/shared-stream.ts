import type { Connection } from '../client/connection.ts'
import { StreamClient, type StreamServices } from '../client/stream-client.ts'
import type { StreamQuery } from '../client/stream-query.ts'
import type { StreamEvent } from '../protocol/events.ts'
import type { FoldChange } from '../protocol/fold.ts'
import { Difference } from './difference.ts'
import { SharedRows } from './shared-rows.ts'
import { toSlices } from './slices.ts'
import type { ToTab } from './worker-messages.ts'

/** A tab shows five pictures a second: it is told of changes twice as often at most, and of many as one. */
const TELL_EVERY_MS = 100

/** A tab as its stream sees it. */
export interface Tab {
  post(message: ToTab): void
  /** What it has missed so far; undefined while somebody can see it. */
  missed: Difference | undefined
  /** It shows the events themselves. */
  readonly wantsRaw: boolean
}

/** One connection to the server, read by any number of tabs. It is open while there is a tab. */
export class SharedStream {
  readonly #rows: SharedRows
  readonly #client: StreamClient
  readonly #tabs = new Set<Tab>()
  #connection: Connection = { state: 'connecting', since: Date.now() }
  #toldAt = 0
  /** What the tabs that somebody can see have not been told yet. */
  #untold: Difference | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(query: StreamQuery, services: StreamServices) {
    this.#rows = new SharedRows(query.relation)
    this.#client = new StreamClient({
      ...services,
      query,
      lastEventId: () => this.#rows.lastEventId,
      onBegin: () => this.#rows.discardParts(),
      onRaw: (event) => {
        for (const tab of this.#tabs) if (tab.wantsRaw && !tab.missed) tab.post({ kind: 'raw', event })
      },
      onEvent: (event) => this.#onEvent(event),
      onConnection: (connection) => {
        this.#connection = connection
        this.#tell(this.#awake, [], { connection })
      },
    })
  }

  get isEmpty(): boolean {
    return this.#tabs.size === 0
  }

  /** Gives the tab all rows at once where they are known. One that is there already is given them again. */
  join(tab: Tab, isHidden: boolean): void {
    this.#client.open()
    this.#tellRest()
    this.#tabs.add(tab)
    tab.missed = isHidden ? new Difference() : undefined
    this.#tell([tab], this.#rows.snapshot(), { connection: this.#connection })
  }

  leave(tab: Tab): void {
    this.#tabs.delete(tab)
    if (!this.isEmpty) return
    this.#forgetRest()
    this.#client.close()
  }

  setHidden(tab: Tab, isHidden: boolean): void {
    const { missed } = tab
    this.#tellRest()
    if (isHidden) {
      tab.missed ??= new Difference()
      return
    }
    tab.missed = undefined
    if (!missed) return
    this.#tell([tab], this.#eventsOf(missed), { connection: this.#connection, isUnseen: true })
  }

  retryNow(): void {
    this.#client.retryNow()
  }

  #onEvent(event: StreamEvent): void {
    const change = this.#rows.apply(event)
    if (change) for (const tab of this.#tabs) tab.missed?.add(change, this.#rows.size)
    // A snapshot is told once its last part has come.
    if (change?.reset) {
      this.#forgetRest()
      this.#tell(this.#awake, this.#rows.snapshot())
    } else if (change) this.#onChange(event, change)
    else if (event.kind === 'heartbeat') {
      this.#tellRest()
      this.#tell(this.#awake, [event])
    }
  }

  /** Tells it at once, or with all that comes until the tabs may be told again. */
  #onChange(event: StreamEvent, change: FoldChange): void {
    const waitMs = this.#toldAt + TELL_EVERY_MS - Date.now()
    if (!this.#untold && waitMs <= 0) {
      this.#toldAt = Date.now()
      this.#tell(this.#awake, [event])
      return
    }
    this.#untold ??= new Difference()
    this.#untold.add(change, this.#rows.size)
    this.#timer ??= setTimeout(() => this.#tellRest(), waitMs)
  }

  #tellRest(): void {
    const untold = this.#untold
    this.#forgetRest()
    if (!untold) return
    this.#toldAt = Date.now()
    this.#tell(this.#awake, this.#eventsOf(untold))
  }

  #forgetRest(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#untold = undefined
  }

  #eventsOf({ updates }: Difference): StreamEvent[] {
    return updates ? this.#rows.catchUp(updates) : this.#rows.snapshot()
  }

  /** The tabs that somebody can see. */
  get #awake(): Tab[] {
    return [...this.#tabs].filter(({ missed }) => !missed)
  }

  /** A large event is told in several messages, between which a tab may paint. */
  #tell(
    tabs: readonly Tab[],
    events: readonly StreamEvent[],
    more: { readonly connection?: Connection; readonly isUnseen?: boolean } = {},
  ): void {
    const { size } = this.#rows
    const { connection, isUnseen = false } = more
    const whole: StreamEvent[] = []
    const messages: ToTab[] = []
    for (const { event, isBegun } of events.flatMap(toSlices)) {
      if (isBegun) messages.push({ kind: 'news', events: [event], isBegun, size, isUnseen })
      else whole.push(event)
    }
    messages.push({ kind: 'news', events: whole, size, isUnseen, ...(connection && { connection }) })
    for (const tab of tabs) for (const message of messages) tab.post(message)
  }
}
