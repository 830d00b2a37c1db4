import type { Socket } from 'node:net'
import { Inbox } from '../session/inbox.ts'
import type { Output } from '../session/portal.ts'
import { FrontendParser, ProtocolError } from './frontend.ts'

/** Messages that may wait for an answer before the client is no longer listened to. */
const MAX_WAITING = 1000

/** One socket: bytes in, messages out to the inbox; bytes of answers in, out to the client as fast as it reads. */
export class Connection implements Output {
  readonly inbox: Inbox
  readonly #socket: Socket
  readonly #parser = new FrontendParser()
  #drain: Promise<void> | undefined

  /** `invalid` is told of bytes that are no message, `gone` when the socket is closed, once each. */
  constructor(
    socket: Socket,
    { invalid, gone }: { invalid: (error: ProtocolError) => void; gone: () => void },
  ) {
    this.#socket = socket
    this.inbox = new Inbox((waiting) => {
      if (waiting >= MAX_WAITING) socket.pause()
      else if (socket.isPaused() && waiting < MAX_WAITING / 2) socket.resume()
    })
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.#read(chunk, invalid))
    // An error is followed by the close, which is all that matters here.
    socket.on('error', () => {})
    socket.on('close', () => {
      this.inbox.close()
      gone()
    })
  }

  /** Whether a start-up message has come. */
  get started(): boolean {
    return this.#parser.started
  }

  #read(chunk: Buffer, invalid: (error: ProtocolError) => void): void {
    if (this.#socket.writableEnded) return
    try {
      for (const message of this.#parser.push(chunk)) this.inbox.push(message)
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      invalid(error)
    }
  }

  write(bytes: Uint8Array): void {
    if (!this.#socket.writable) return
    if (this.#socket.writableLength === 0) {
      // Everything written before the next turn of the event loop leaves as one packet.
      this.#socket.cork()
      process.nextTick(() => this.#socket.uncork())
    }
    this.#socket.write(bytes)
  }

  async drained(): Promise<void> {
    if (!this.#socket.writableNeedDrain || this.#socket.destroyed) return
    this.#drain ??= new Promise((resolve) => {
      const settle = () => {
        this.#socket.off('drain', settle)
        this.#socket.off('close', settle)
        this.#drain = undefined
        resolve()
      }
      this.#socket.on('drain', settle)
      this.#socket.on('close', settle)
    })
    await this.#drain
  }

  /** Sends what was written, then closes. */
  end(): void {
    this.#socket.end()
  }

  destroy(): void {
    this.#socket.destroy()
  }
}
