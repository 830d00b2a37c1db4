import type { StreamServices } from '../client/stream-client.ts'
import { type StreamQuery, toSearch } from '../client/stream-query.ts'
import { SharedStream } from './shared-stream.ts'
import type { Port } from './worker-messages.ts'
import { type StreamDesk, WorkerTab } from './worker-tab.ts'

/** Timers of hidden tabs run once a minute: one that is not heard for this long is gone, or asleep. */
const FORGET_AFTER_MS = 180_000
const LOOK_EVERY_MS = 30_000

/** All streams of a browser, by what they are of, and the tabs that read them. Runs in the worker. */
export class StreamRoom implements StreamDesk {
  readonly #services: StreamServices
  readonly #streams = new Map<string, SharedStream>()
  readonly #tabs = new Set<WorkerTab>()
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(services: StreamServices) {
    this.#services = services
  }

  /** A tab has opened a port. */
  connect(port: Port): void {
    new WorkerTab(port, this)
  }

  enter(tab: WorkerTab, query: StreamQuery, isHidden: boolean): SharedStream {
    const key = toSearch(query)
    const stream = this.#streams.get(key) ?? new SharedStream(query, this.#services)
    this.#streams.set(key, stream)
    this.#tabs.add(tab)
    this.#timer ??= setInterval(() => this.forgetTheSilent(), LOOK_EVERY_MS)
    stream.join(tab, isHidden)
    return stream
  }

  leave(tab: WorkerTab): void {
    const { stream } = tab
    if (!stream) return
    tab.stream = undefined
    this.#tabs.delete(tab)
    stream.leave(tab)
    if (stream.isEmpty) {
      for (const [key, one] of this.#streams) if (one === stream) this.#streams.delete(key)
    }
    if (this.#tabs.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  /** Where there are no locks, a tab that crashed is noticed so. One that was asleep joins again when it wakes. */
  forgetTheSilent(forMs = FORGET_AFTER_MS): void {
    for (const tab of this.#tabs) if (Date.now() - tab.heardAt > forMs) this.leave(tab)
  }
}
