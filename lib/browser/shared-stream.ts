import type { StreamEvent } from '../protocol/events.ts'
import type { Connection } from './connection.ts'
import { Difference } from './difference.ts'
import { SharedRows } from './shared-rows.ts'
import { toSlices } from './slices.ts'
import { StreamClient, type StreamServices } from './stream-client.ts'
import type { StreamQuery } from './stream-query.ts'
import type { ToTab } from './worker-messages.ts'

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
    this.#tabs.add(tab)
    tab.missed = isHidden ? new Difference() : undefined
    this.#tell([tab], this.#rows.snapshot(), { connection: this.#connection })
  }

  leave(tab: Tab): void {
    this.#tabs.delete(tab)
    if (this.isEmpty) this.#client.close()
  }

  setHidden(tab: Tab, isHidden: boolean): void {
    const { missed } = tab
    if (isHidden) {
      tab.missed ??= new Difference()
      return
    }
    tab.missed = undefined
    if (!missed) return
    const { updates } = missed
    const events = updates ? this.#rows.catchUp(updates) : this.#rows.snapshot()
    this.#tell([tab], events, { connection: this.#connection, isUnseen: true })
  }

  retryNow(): void {
    this.#client.retryNow()
  }

  #onEvent(event: StreamEvent): void {
    const change = this.#rows.apply(event)
    if (change) for (const tab of this.#tabs) tab.missed?.add(change, this.#rows.size)
    // A snapshot is told once its last part has come.
    if (change?.reset) this.#tell(this.#awake, this.#rows.snapshot())
    else if (change || event.kind === 'heartbeat') this.#tell(this.#awake, [event])
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
