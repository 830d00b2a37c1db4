/** Reads the parts of one message; throws a RangeError where it ends too early. */
export class ByteReader {
  readonly #bytes: Buffer
  #offset = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#offset
  }

  int16(): number {
    const value = this.#bytes.readInt16BE(this.#offset)
    this.#offset += 2
    return value
  }

  int32(): number {
    const value = this.#bytes.readInt32BE(this.#offset)
    this.#offset += 4
    return value
  }

  byte(): number {
    return this.bytes(1).readUInt8()
  }

  bytes(length: number): Buffer {
    if (length < 0 || length > this.left) throw new RangeError('the message is shorter than it says')
    this.#offset += length
    return this.#bytes.subarray(this.#offset - length, this.#offset)
  }

  /** A text that ends with a zero byte. */
  text(): string {
    const end = this.#bytes.indexOf(0, this.#offset)
    if (end < 0) throw new RangeError('a text in the message has no end')
    const value = this.#bytes.toString('utf8', this.#offset, end)
    this.#offset = end + 1
    return value
  }

  list<T>(read: () => T): T[] {
    const count = this.int16() & 0xffff
    return Array.from({ length: count }, read)
  }
}

const ZERO = Buffer.from([0])

export function int16(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(2)
  bytes.writeInt16BE(value)
  return bytes
}

export function int32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeInt32BE(value | 0)
  return bytes
}

export const text = (value: string): Buffer => Buffer.concat([Buffer.from(value), ZERO])

/** One message: type, length, parts. */
export function message(type: string, ...parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 4)
  const bytes = Buffer.allocUnsafe(length + 1)
  bytes.write(type, 0, 'latin1')
  bytes.writeInt32BE(length, 1)
  let offset = 5
  for (const part of parts) {
    bytes.set(part, offset)
    offset += part.length
  }
  return bytes
}
