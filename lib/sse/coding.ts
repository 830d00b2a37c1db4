import type { SseChunk } from './chunk.ts'
import { Framed } from './framed.ts'

/** How the events of one client are put on its wire. */
export interface Coding {
  /** The bytes before the first event. */
  begin(): Framed | undefined
  encode(chunk: SseChunk): Framed
  /** The bytes after the last event of a stream that we end. */
  end(): Framed | undefined
}

export const identity: Coding = {
  begin: () => undefined,
  encode: (chunk) => chunk.plain,
  end: () => undefined,
}

/** RFC 1952: deflate, no flags, no time, no extra flags, no operating system named. */
const GZIP_HEADER = new Framed(Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255))
/** An empty block that says it is the last. */
const FINAL_BLOCK = [3, 0]

/** gzip around blocks that were compressed once for all: only the checksum is each client's own. */
export function createGzip(): Coding {
  let crc = 0
  let length = 0
  return {
    begin: () => GZIP_HEADER,
    encode({ deflated: { block, checksum } }) {
      crc = checksum.after(crc)
      length += checksum.length
      return block
    },
    end() {
      const trailer = new Uint8Array(10)
      trailer.set(FINAL_BLOCK)
      const view = new DataView(trailer.buffer)
      view.setUint32(2, crc, true)
      view.setUint32(6, length % 2 ** 32, true)
      return new Framed(trailer)
    },
  }
}

/** Whether a client wants gzip, by its `Accept-Encoding` (RFC 9110, section 12.5.3). */
export function acceptsGzip(header: string | null): boolean {
  const weights = new Map<string, number>()
  for (const item of (header ?? '').toLowerCase().split(',')) {
    const [coding = '', ...parameters] = item.split(';').map((part) => part.trim())
    const weight = parameters.find((one) => one.startsWith('q='))
    weights.set(coding, weight === undefined ? 1 : Number(weight.slice(2)))
  }
  return (weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0) > 0
}
