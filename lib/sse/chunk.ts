import { constants, deflateRawSync } from 'node:zlib'
import { Checksum } from './crc32.ts'
import { Framed } from './framed.ts'

/**
 * The bytes of one event, made once and sent to all. For gzip they are compressed once as well: each event is a block
 * of its own that ends on a byte and refers to nothing before it, so the same block fits into every client's stream.
 */
export class SseChunk {
  readonly plain: Framed
  #deflated: { block: Framed; checksum: Checksum } | undefined

  constructor(text: string) {
    this.plain = new Framed(text)
  }

  get deflated(): { readonly block: Framed; readonly checksum: Checksum } {
    this.#deflated ??= {
      block: new Framed(deflateRawSync(this.plain.bytes, { finishFlush: constants.Z_FULL_FLUSH })),
      checksum: new Checksum(this.plain.bytes),
    }
    return this.#deflated
  }
}
