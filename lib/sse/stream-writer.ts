import type { Writer } from '../hub/subscriber.ts'
import type { SseChunk } from './chunk.ts'
import { type Coding, createGzip, identity } from './coding.ts'
import { encodeRetry } from './encode.ts'
import type { Framed } from './framed.ts'
import type { Output } from './output.ts'

/** Bytes that may wait for one client, beyond what the kernel holds. */
const MAX_WAITING_BYTES = 256 * 1024

/** What has been sent, of all clients together: plain numbers, as they are counted for each event of each client. */
export interface Traffic {
  events: number
  /** As they are sent: those of gzip where it is gzip. */
  bytes: number
}

/** The events of one client on their way: coded, and put out by the way that is chosen once the host reads. */
export class StreamWriter implements Writer<SseChunk> {
  #output: Output
  /** What was written before the way was known; undefined from then on. */
  #early: SseChunk[] | undefined = []
  /** A controller throws once its stream is over, whoever ended it. */
  #isOpen = true
  readonly #coding: Coding
  readonly #traffic: Traffic

  /** `host` is the way that there always is. */
  constructor(host: Output, isGzip: boolean, traffic: Traffic = { events: 0, bytes: 0 }) {
    this.#output = host
    this.#traffic = traffic
    this.#coding = isGzip ? createGzip() : identity
  }

  get hasBegun(): boolean {
    return this.#early === undefined
  }

  /** The host reads, so the headers are out. First bytes at once: proxies and clients know that the stream stands. */
  begin(output: Output = this.#output): void {
    const early = this.#early ?? []
    this.#early = undefined
    this.#output = output
    this.#put(this.#coding.begin())
    this.#put(this.#coding.encode(encodeRetry()))
    for (const chunk of early) this.#put(this.#coding.encode(chunk))
  }

  hasRoom(): boolean {
    return this.#isOpen && this.hasBegun && this.#output.waitingBytes < MAX_WAITING_BYTES
  }

  get takenBytes(): number {
    return this.#output?.takenBytes ?? 0
  }

  write(chunk: SseChunk): void {
    this.#traffic.events++
    if (this.#early) this.#early.push(chunk)
    else this.#put(this.#coding.encode(chunk))
  }

  end(): void {
    if (!this.hasBegun) this.begin()
    this.#put(this.#coding.end())
    this.#finish(() => this.#output.end())
  }

  abort(): void {
    this.#finish(() => this.#output.abort())
  }

  /** The stream is over already. */
  cancel(): void {
    this.#finish(() => {})
  }

  #finish(how: () => void): void {
    if (this.#isOpen) how()
    this.#isOpen = false
    this.#output.release()
  }

  #put(bytes: Framed | undefined): void {
    if (!bytes || !this.#isOpen) return
    this.#traffic.bytes += bytes.bytes.byteLength
    this.#output.put(bytes)
  }
}
