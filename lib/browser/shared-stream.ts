import type { StreamEvent } from '../protocol/events.ts'
import type { Connection } from './connection.ts'
import { Difference } from './difference.ts'
import { SharedRows } from './shared-rows.ts'
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
        this.#tell({ kind: 'news', events: [], size: this.#rows.size, connection })
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
    tab.post({
      kind: 'news',
      events: this.#rows.snapshot(),
      size: this.#rows.size,
      connection: this.#connection,
    })
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
    const { size } = this.#rows
    tab.post({ kind: 'news', events, size, connection: this.#connection, isUnseen: true })
  }

  retryNow(): void {
    this.#client.retryNow()
  }

  #onEvent(event: StreamEvent): void {
    const change = this.#rows.apply(event)
    if (change) for (const tab of this.#tabs) tab.missed?.add(change, this.#rows.size)
    // The parts of a snapshot are sent as one, once the last has come.
    if (change?.reset) this.#tell({ kind: 'news', events: this.#rows.snapshot(), size: this.#rows.size })
    else if (change || event.kind === 'heartbeat')
      this.#tell({ kind: 'news', events: [event], size: this.#rows.size })
  }

  #tell(message: ToTab): void {
    for (const tab of this.#tabs) if (!tab.missed) tab.post(message)
  }
}
