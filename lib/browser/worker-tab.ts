import type { StreamQuery } from '../client/stream-query.ts'
import type { Difference } from './difference.ts'
import type { SharedStream, Tab } from './shared-stream.ts'
import { whenFreed } from './tab-lock.ts'
import type { Port, ToTab, ToWorker } from './worker-messages.ts'

/** Who knows the streams. */
export interface StreamDesk {
  enter(tab: WorkerTab, query: StreamQuery, isHidden: boolean): SharedStream
  leave(tab: WorkerTab): void
}

/** The worker's end of a port: what a tab asks for, and whether it is still there. */
export class WorkerTab implements Tab {
  missed: Difference | undefined
  stream: SharedStream | undefined
  wantsRaw = false
  heardAt = Date.now()
  readonly #port: Port
  #lock: string | undefined
  readonly #desk: StreamDesk

  constructor(port: Port, desk: StreamDesk) {
    this.#port = port
    this.#desk = desk
    port.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => this.#receive(data))
    port.start()
  }

  post(message: ToTab): void {
    this.#port.postMessage(message)
  }

  #receive(message: ToWorker): void {
    this.heardAt = Date.now()
    switch (message.kind) {
      case 'join':
        this.wantsRaw = message.wantsRaw ?? false
        this.stream = this.#desk.enter(this, message.query, message.isHidden)
        return
      case 'leave':
        this.#lock = undefined
        this.#desk.leave(this)
        return
      case 'lock':
        this.#watch(message.name)
        return
    }
    if (!this.stream) {
      this.post({ kind: 'forgotten' })
      return
    }
    switch (message.kind) {
      case 'presence':
        this.stream.setHidden(this, message.isHidden)
        break
      case 'retry':
        this.stream.retryNow()
        break
      case 'alive':
        this.post({ kind: 'alive' })
        break
      default:
        message satisfies never
    }
  }

  /** A tab that crashes says no goodbye, but its lock is freed. */
  #watch(lock: string): void {
    this.#lock = lock
    whenFreed(lock, () => {
      if (this.#lock === lock) this.#desk.leave(this)
    })
  }
}
