import type { ServerResponse } from 'node:http'
import type { Framed } from './framed.ts'

/** Where the bytes of one stream go. */
export interface Output {
  /** Bytes that wait for the client, beyond what the kernel holds. */
  readonly waitingBytes: number
  put(bytes: Framed): void
  /** Lets go of what is not the stream's own. */
  release(): void
}

/** Through the stream that the host reads: works everywhere, and costs some promises for each event. */
export function hostOutput(controller: ReadableStreamDefaultController<Uint8Array>): Output {
  return {
    get waitingBytes() {
      // Of a stream whose high-water mark is 0.
      return -(controller.desiredSize ?? 0)
    },
    put: ({ bytes }) => controller.enqueue(bytes),
    release: () => {},
  }
}

/**
 * Straight to the socket of Node's response, past the host and past Node's own framing: an event is one write of a
 * buffer that all clients share, at a fraction of the price. Only for a response whose headers are out, which the host
 * gives no bytes of its own meanwhile, and which it ends: the bytes of the end then follow ours. Undefined where that
 * cannot be: no response of Node's, no socket yet, or a body that is not chunked (HTTP/1.0).
 */
export function socketOutput(response: ServerResponse | undefined, onDrain: () => void): Output | undefined {
  const socket = response?.socket
  if (!socket || !response.headersSent || !response.chunkedEncoding) return undefined
  socket.on('drain', onDrain)
  return {
    get waitingBytes() {
      return socket.writableLength
    },
    put: ({ framed }) => {
      // Not so once the client has closed its side: its going is noticed in a moment.
      if (socket.writable) socket.write(framed)
    },
    // The connection may carry other responses after this one.
    release: () => void socket.off('drain', onDrain),
  }
}
