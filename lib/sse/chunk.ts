import { constants, deflateRawSync } from 'node:zlib'
import { Checksum } from './crc32.ts'

const utf8 = new TextEncoder()

/**
 * The bytes of one event, made once and sent to all. For gzip they are compressed once as well: each event is a block
 * of its own that ends on a byte and refers to nothing before it, so the same block fits into every client's stream.
 */
export class SseChunk {
  readonly plain: Uint8Array
  #deflated: { bytes: Uint8Array; checksum: Checksum } | undefined

  constructor(text: string) {
    this.plain = utf8.encode(text)
  }

  get deflated(): { readonly bytes: Uint8Array; readonly checksum: Checksum } {
    this.#deflated ??= {
      bytes: deflateRawSync(this.plain, { finishFlush: constants.Z_FULL_FLUSH }),
      checksum: new Checksum(this.plain),
    }
    return this.#deflated
  }
}
