import { crc32, inflateRawSync } from 'node:zlib'

/** What a load client wants to know of an event. */
export interface Seen {
  readonly kind: string | undefined
  readonly id: string | undefined
  /** The number that the writer gave the change. */
  readonly n: number | undefined
  readonly isLastPart: boolean
}

/** Cuts what a socket receives into the chunks of its chunked body. One server's event is one chunk. */
export class Frames {
  #rest: Buffer | undefined
  #isBody = false

  /** The status of the response, once it is known. */
  status = ''

  push(bytes: Buffer, onFrame: (frame: Buffer) => void): void {
    const data = this.#rest ? Buffer.concat([this.#rest, bytes]) : bytes
    let at = 0
    if (!this.#isBody) {
      const end = data.indexOf('\r\n\r\n')
      if (end < 0) {
        this.#rest = data
        return
      }
      this.status = data.toString('latin1', 9, 12)
      this.#isBody = true
      at = end + 4
    }
    for (;;) {
      const lineEnd = data.indexOf('\r\n', at)
      if (lineEnd < 0) break
      const end = lineEnd + 2 + Number.parseInt(data.toString('latin1', at, lineEnd), 16)
      if (end + 2 > data.length) break
      onFrame(data.subarray(lineEnd + 2, end))
      at = end + 2
    }
    this.#rest = at < data.length ? Buffer.from(data.subarray(at)) : undefined
  }
}

const known = new Map<string, Seen>()

/** Reads an event; one that is compressed only the first time, as the same bytes go to every client. */
export function readFrame(frame: Buffer, isGzip: boolean): Seen {
  if (!isGzip) return readEvent(frame.toString('latin1', 0, 100), frame)
  const key = `${frame.length}:${crc32(frame)}`
  let seen = known.get(key)
  if (!seen) {
    const text = inflate(frame)
    seen = readEvent(text.toString('latin1', 0, 100), text)
    known.set(key, seen)
  }
  return seen
}

/** A block of a stream has no end of its own; the header of a stream is no block. */
function inflate(frame: Buffer): Buffer {
  if (frame[0] === 0x1f && frame[1] === 0x8b) return Buffer.alloc(0)
  return inflateRawSync(Buffer.concat([frame, Buffer.of(3, 0)]))
}

function readEvent(head: string, text: Buffer): Seen {
  const kind = /^event: (\w+)$/m.exec(head)?.[1]
  const id = /^id: (\S+)$/m.exec(head)?.[1]
  const at = kind === 'update' ? text.indexOf('"n":') : -1
  const n = at < 0 ? undefined : Number.parseInt(text.toString('latin1', at + 4, at + 16), 10)
  return { kind, id, n, isLastPart: kind === 'snapshot' && id !== undefined }
}
