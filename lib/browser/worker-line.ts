import { holdLock } from './tab-lock.ts'
import type { Port, ToTab, ToWorker } from './worker-messages.ts'

/** As a `SharedWorker` is: a port, and an error where its script cannot be run. */
export interface WorkerHandle {
  readonly port: Port
  addEventListener(type: 'error', listener: () => void): void
}

const ASK_EVERY_MS = 5_000
/** After so many questions without an answer the worker is taken for dead. */
const MAX_UNANSWERED = 2

/** A tab's end of the port to the worker. Notices when nobody answers any more. */
export class WorkerLine {
  readonly #port: Port
  readonly #onDead: (hasAnswered: boolean) => void
  #timer: ReturnType<typeof setInterval> | undefined
  #unanswered = 0
  #release: (() => void) | undefined
  #hasAnswered = false

  /** `onDead` is called at most once, and not after `close`. */
  constructor(
    worker: WorkerHandle,
    onMessage: (message: ToTab) => void,
    onDead: (hasAnswered: boolean) => void,
  ) {
    this.#port = worker.port
    this.#onDead = onDead
    worker.addEventListener('error', () => this.#die())
    this.#port.addEventListener('message', ({ data }: MessageEvent<ToTab>) => {
      if (!this.#timer) return
      this.#unanswered = 0
      this.#hasAnswered = true
      onMessage(data)
    })
    this.#port.start()
    this.resume()
  }

  send(message: ToWorker): void {
    this.#port.postMessage(message)
  }

  /** Asks nothing and hears nothing until it is resumed. */
  pause(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#release?.()
    this.#release = undefined
  }

  resume(): void {
    this.pause()
    this.#unanswered = 1
    this.#timer = setInterval(() => this.#ask(), ASK_EVERY_MS)
    this.#release = holdLock((name) => this.send({ kind: 'lock', name }))
  }

  close(): void {
    this.pause()
    this.#port.close()
  }

  #ask(): void {
    if (this.#unanswered >= MAX_UNANSWERED) {
      this.#die()
      return
    }
    this.#unanswered += 1
    this.send({ kind: 'alive' })
  }

  #die(): void {
    if (!this.#timer) return
    this.close()
    this.#onDead(this.#hasAnswered)
  }
}
