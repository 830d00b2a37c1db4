import { FakeEventSource } from '../client/fake-event-source.ts'
import type { Stream, StreamReader } from '../client/stream.ts'
import { StreamClient, type StreamServices } from '../client/stream-client.ts'
import { OwnSlots } from '../client/stream-slots.ts'
import { StreamRoom } from './stream-room.ts'
import type { WorkerHandle } from './worker-line.ts'
import type { Port } from './worker-messages.ts'
import { WorkerStream } from './worker-stream.ts'

/** One end of a channel, for tests. Messages are copied, as between threads. */
class FakePort extends EventTarget {
  other: FakePort | undefined
  readonly #deliver: (deliver: () => void) => void
  #isClosed = false

  constructor(deliver: (deliver: () => void) => void) {
    super()
    this.#deliver = deliver
  }

  postMessage(message: unknown): void {
    if (this.#isClosed) return
    const data = structuredClone(message)
    const { other } = this
    this.#deliver(() => {
      if (other && !other.#isClosed) other.dispatchEvent(new MessageEvent('message', { data }))
    })
  }

  start(): void {}

  close(): void {
    this.#isClosed = true
  }
}

/** A SharedWorker for tests. Messages arrive at once, or one by one where `isSlow`. */
export class FakeWorker {
  isSlow = false
  /** It has no EventSource. */
  cannotRead = false
  readonly #room: StreamRoom
  readonly #waiting: (() => void)[] = []
  readonly #handles: EventTarget[] = []
  /** Nothing is heard from it, nor does it hear anything. */
  isMute = false

  constructor(services: StreamServices = fakeServices()) {
    this.#room = new StreamRoom(services)
  }

  open = (): WorkerHandle => {
    const [mine, its] = [new FakePort(this.#post), new FakePort(this.#post)]
    mine.other = its
    its.other = mine
    // Only what is used of a port is there.
    if (this.cannotRead) its.addEventListener('message', () => its.postMessage({ kind: 'unable' }))
    else this.#room.connect(its as unknown as Port)
    const handle = Object.assign(new EventTarget(), { port: mine as unknown as Port })
    this.#handles.push(handle)
    return handle
  }

  /** Its script cannot be loaded. */
  fail(): void {
    for (const handle of this.#handles) handle.dispatchEvent(new Event('error'))
  }

  /** It is gone, with all its streams. */
  die(): void {
    this.isMute = true
    this.#room.forgetTheSilent(-1)
  }

  /** What it does by itself now and then. */
  forgetTheSilent(): void {
    this.#room.forgetTheSilent()
  }

  /** Lets one message arrive, or all of them. */
  deliver(count = Number.POSITIVE_INFINITY): void {
    for (let left = count; left > 0 && this.#waiting.length > 0; left -= 1) this.#waiting.shift()?.()
  }

  readonly #post = (deliver: () => void): void => {
    if (this.isMute) return
    if (this.isSlow) this.#waiting.push(deliver)
    else deliver()
  }
}

export const fakeServices = (): StreamServices => ({
  openEventSource: FakeEventSource.open,
  explainRefusal: () => Promise.resolve(undefined),
  slots: new OwnSlots(),
  random: () => 0,
})

export const openPlain = (reader: StreamReader): Stream => new StreamClient({ ...reader, ...fakeServices() })

/** How a stream may reach a page: each passes the same tests. */
export const transports = {
  plain: () => openPlain,
  worker: () => {
    const worker = new FakeWorker()
    return (reader: StreamReader): Stream => new WorkerStream(reader, { openWorker: worker.open, openPlain })
  },
}
