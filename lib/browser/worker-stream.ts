import type { Stream, StreamReader } from '../client/stream.ts'
import type { StreamEvent } from '../protocol/events.ts'
import { FoldError } from '../protocol/fold.ts'
import { isPageHidden, onPagePresence } from './page-presence.ts'
import { Joiner } from './slices.ts'
import { type WorkerHandle, WorkerLine } from './worker-line.ts'
import type { ToTab } from './worker-messages.ts'

export interface WorkerStreamOptions {
  readonly openWorker: () => WorkerHandle
  /** What is done where the worker does not work: the tab keeps a connection of its own. */
  readonly openPlain: (reader: StreamReader) => Stream
}

/** A stream whose connection is held by a worker, for all tabs of the browser. */
export class WorkerStream implements Stream {
  readonly #reader: StreamReader
  readonly #options: WorkerStreamOptions
  readonly #joiner = new Joiner()
  #isOpen = false
  #line: WorkerLine | undefined
  #plain: Stream | undefined
  #leavePage: (() => void) | undefined

  constructor(reader: StreamReader, options: WorkerStreamOptions) {
    this.#reader = reader
    this.#options = options
  }

  get isShared(): boolean {
    return this.#plain === undefined
  }

  open(): void {
    if (this.#isOpen) return
    this.#isOpen = true
    if (this.#plain) {
      this.#plain.open()
      return
    }
    this.#reader.onConnection({ state: 'connecting', since: Date.now() })
    this.#leavePage = onPagePresence({
      onVisibility: () => {
        const isHidden = this.#isHidden
        this.#line?.send({ kind: 'presence', isHidden })
        if (isHidden) this.#reader.onHeldBack?.()
      },
      onLeave: () => {
        this.#line?.send({ kind: 'leave' })
        this.#line?.pause()
      },
      onReturn: () => {
        this.#line?.resume()
        this.#join()
      },
    })
    this.#connect()
  }

  close(): void {
    this.#isOpen = false
    this.#plain?.close()
    this.#leavePage?.()
    this.#leavePage = undefined
    this.#line?.send({ kind: 'leave' })
    this.#line?.close()
    this.#line = undefined
  }

  retryNow(): void {
    if (this.#plain) this.#plain.retryNow()
    else this.#line?.send({ kind: 'retry' })
  }

  #connect(): void {
    try {
      this.#line = new WorkerLine(
        this.#options.openWorker(),
        (message) => this.#receive(message),
        (hasAnswered) => this.#onDead(hasAnswered),
      )
    } catch {
      // A browser may forbid workers where it forbids storage.
      this.#fallBack()
      return
    }
    this.#join()
  }

  /** As far as the worker is concerned. */
  get #isHidden(): boolean {
    return isPageHidden() && !this.#reader.readsHidden?.()
  }

  #join(): void {
    const { query, onRaw } = this.#reader
    this.#joiner.discard()
    this.#line?.send({ kind: 'join', query, isHidden: this.#isHidden, wantsRaw: onRaw !== undefined })
  }

  #receive(message: ToTab): void {
    switch (message.kind) {
      case 'news':
        if (message.isUnseen) this.#reader.onUnseen?.()
        this.#apply(message.events, message.size, message.isBegun)
        if (message.connection) this.#reader.onConnection(message.connection)
        break
      case 'raw':
        this.#reader.onRaw?.(message.event)
        break
      case 'alive':
        break
      case 'forgotten':
        this.#join()
        break
      case 'unable':
        this.#fallBack()
        break
      default:
        message satisfies never
    }
  }

  #apply(events: readonly StreamEvent[], size: number, isBegun = false): void {
    try {
      for (const piece of events) {
        const event = this.#joiner.join({ event: piece, isBegun })
        if (event) this.#reader.onEvent(event, size)
      }
    } catch (error) {
      if (!(error instanceof FoldError)) throw error
      this.#join()
    }
  }

  /** One that has worked is started anew, which goes on sharing; one that never did will not. */
  #onDead(hasAnswered: boolean): void {
    if (!hasAnswered) {
      this.#fallBack()
      return
    }
    this.#reader.onConnection({ state: 'reconnecting', since: Date.now(), attempt: 1, trouble: 'silent' })
    this.#connect()
  }

  #fallBack(): void {
    this.#line?.close()
    this.#line = undefined
    this.#leavePage?.()
    this.#leavePage = undefined
    this.#plain = this.#options.openPlain(this.#reader)
    this.#plain.open()
  }
}
