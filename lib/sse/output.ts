import { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Framed } from './framed.ts'
import { releaseHost } from './release-host.ts'

/** Where the bytes of one stream go. */
export interface Output {
  /** Bytes that wait for the client, beyond what the kernel holds. */
  readonly waitingBytes: number
  /** Grows as the client takes bytes. */
  readonly takenBytes: number
  put(bytes: Framed): void
  /** Ends the stream after what was put. */
  end(): void
  /** Ends the stream at once and drops what waits. */
  abort(): void
  /** Lets go of what is not the stream's own. */
  release(): void
}

/** Through the stream that the host reads: works everywhere, and costs some promises for each event. */
export class HostOutput implements Output {
  readonly #controller: ReadableStreamDefaultController<Uint8Array>
  readonly #response: ServerResponse | undefined
  #putBytes = 0

  /** The controller of a stream whose high-water mark is 0, and what it is written to in the end, where it is known. */
  constructor(controller: ReadableStreamDefaultController<Uint8Array>, response: ServerResponse | undefined) {
    this.#controller = controller
    this.#response = response
  }

  get waitingBytes(): number {
    return -(this.#controller.desiredSize ?? 0)
  }

  /** What the host has taken, which it does as the client makes room. */
  get takenBytes(): number {
    return this.#putBytes - this.waitingBytes
  }

  put({ bytes }: Framed): void {
    this.#putBytes += bytes.byteLength
    this.#controller.enqueue(bytes)
  }

  end(): void {
    this.#controller.close()
  }

  abort(): void {
    // A host that waits for the client to take bytes would not hear of an error.
    if (this.#response) this.#response.destroy()
    else this.#controller.error(new Error('The client takes no bytes'))
  }

  release(): void {}
}

/** What Node keeps beneath a socket: bytes it was given, and those of them that the kernel has not taken. */
interface StreamHandle {
  readonly bytesWritten?: number
  readonly writeQueueSize?: number
}

/** Says to the host that the stream is no longer its business. Next takes a name like this for an end without fault. */
const handover = new DOMException('The stream goes on without the host', 'AbortError')

function destroyUnlessHandedOver(this: ServerResponse, error?: Error): ServerResponse {
  return error === handover ? this : ServerResponse.prototype.destroy.call(this, error)
}

/** A host that ends what it should let go is not asked again. */
let letsGo = true
const onEndByHost = (): void => {
  letsGo = false
}

/** What a stream that is written to its socket is told. */
export interface SocketEvents {
  /** The client took bytes. */
  readonly onDrain: () => void
  /** Listens to the response already, and goes on to. */
  readonly onGone: () => void
}

/**
 * Straight to the socket of Node's response, past the host and past Node's own framing: an event is one write of a
 * buffer that all clients share, at a fraction of the price.
 *
 * The headers are out by now and the host has no bytes of its own. It waits for the end of its stream, though, and
 * holds some 40 KiB for it, for each client; so its stream is aborted, and the one thing that it does then, destroying
 * the response, is kept from it. From there the response is ours, and is ended by us.
 */
export class SocketOutput implements Output {
  readonly #response: ServerResponse
  readonly #socket: Socket
  readonly #onDrain: () => void

  private constructor(response: ServerResponse, socket: Socket, onDrain: () => void) {
    this.#response = response
    this.#socket = socket
    this.#onDrain = onDrain
    socket.on('drain', onDrain)
  }

  /** Undefined where it cannot be: no response of Node's, no socket yet, or a body that is not chunked (HTTP/1.0). */
  static create(
    response: ServerResponse | undefined,
    controller: ReadableStreamDefaultController<Uint8Array>,
    { onDrain, onGone }: SocketEvents,
  ): SocketOutput | undefined {
    const socket = response?.socket
    if (!letsGo || !socket || !response.headersSent || !response.chunkedEncoding) return undefined
    const output = new SocketOutput(response, socket, onDrain)
    response.destroy = destroyUnlessHandedOver
    response.on('prefinish', onEndByHost)
    controller.error(handover)
    // The host hears of it within this turn of the event loop, and ends its way of the request.
    setImmediate(() => {
      if (!response.writableEnded) releaseHost(response, onGone)
    })
    return output
  }

  get waitingBytes(): number {
    return this.#socket.writableLength
  }

  /**
   * What the kernel has taken. Of a write in progress only the handle knows, as in Node's own timeout of a socket;
   * without it each write counts once it is through.
   */
  get takenBytes(): number {
    const {
      bytesWritten,
      writableLength,
      _handle: handle,
    } = this.#socket as Socket & { _handle?: StreamHandle }
    if (handle?.bytesWritten === undefined || handle.writeQueueSize === undefined)
      return bytesWritten - writableLength
    return handle.bytesWritten - handle.writeQueueSize
  }

  put({ framed }: Framed): void {
    // Not so once the client has closed its side: its going is noticed in a moment.
    if (this.#socket.writable) this.#socket.write(framed)
  }

  end(): void {
    this.#response.off('prefinish', onEndByHost)
    this.#response.end()
  }

  abort(): void {
    this.#response.destroy()
  }

  /** The connection may carry other responses after this one. */
  release(): void {
    this.#socket.off('drain', this.#onDrain)
  }
}
