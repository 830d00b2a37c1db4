import type { ServerResponse } from 'node:http'
import type { Writer } from '../hub/subscriber.ts'
import type { SseChunk } from './chunk.ts'
import { type Coding, createGzip, identity } from './coding.ts'
import { encodeRetry } from './encode.ts'
import type { Framed } from './framed.ts'
import { HostOutput, type Output } from './output.ts'

/** Bytes that may wait for one client, beyond what the kernel holds. */
const MAX_WAITING_BYTES = 256 * 1024

/** The events of one client on their way: coded, and put out by the way that is chosen once the host reads. */
export class StreamWriter implements Writer<SseChunk> {
  #output: Output | undefined
  /** What was written before the way was known. */
  #early: SseChunk[] = []
  /** A controller throws once its stream is over, whoever ended it. */
  #isOpen = true
  readonly #coding: Coding
  readonly #controller: ReadableStreamDefaultController<Uint8Array>
  readonly #response: ServerResponse | undefined

  constructor(
    controller: ReadableStreamDefaultController<Uint8Array>,
    response: ServerResponse | undefined,
    isGzip: boolean,
  ) {
    this.#coding = isGzip ? createGzip() : identity
    this.#controller = controller
    this.#response = response
  }

  get hasBegun(): boolean {
    return this.#output !== undefined
  }

  /** The host reads, so the headers are out. First bytes at once: proxies and clients know that the stream stands. */
  begin(output: Output = new HostOutput(this.#controller)): void {
    this.#output = output
    this.#put(this.#coding.begin())
    this.#put(this.#coding.encode(encodeRetry()))
    for (const chunk of this.#early.splice(0)) this.#put(this.#coding.encode(chunk))
  }

  hasRoom(): boolean {
    return this.#isOpen && this.#output !== undefined && this.#output.waitingBytes < MAX_WAITING_BYTES
  }

  write(chunk: SseChunk): void {
    if (this.#output) this.#put(this.#coding.encode(chunk))
    else this.#early.push(chunk)
  }

  end(): void {
    if (!this.#output) this.begin()
    this.#put(this.#coding.end())
    this.#finish(() => this.#output?.end())
  }

  abort(): void {
    this.#finish(() => {
      // A host that waits for the client to take bytes would not hear of an error.
      if (this.#response) this.#response.destroy()
      else this.#controller.error(new Error('The client takes no bytes'))
    })
  }

  /** The stream is over already. */
  cancel(): void {
    this.#finish(() => {})
  }

  #finish(how: () => void): void {
    if (this.#isOpen) how()
    this.#isOpen = false
    this.#output?.release()
  }

  #put(bytes: Framed | undefined): void {
    if (bytes && this.#isOpen) this.#output?.put(bytes)
  }
}
