import { crc32 } from 'node:zlib'

/** The polynomial of gzip's checksum (RFC 1952), reflected. */
const POLYNOMIAL = 0xedb88320

/** Product of two polynomials over GF(2) modulo the checksum's, bits reflected as in the checksum itself. */
function multiply(a: number, b: number): number {
  let product = 0
  let factor = b
  for (let bit = 31; bit >= 0; bit--) {
    if ((a >>> bit) & 1) product ^= factor
    factor = factor & 1 ? (factor >>> 1) ^ POLYNOMIAL : factor >>> 1
  }
  return product
}

/** x^(8n): what n bytes that follow do to a checksum. By squaring, so its cost grows with the digits of n alone. */
function shiftBy(bytes: number): number {
  let result = 0x80000000 // x^0
  let power = 0x00800000 // x^8
  for (let n = bytes; n > 0; n = Math.floor(n / 2)) {
    if (n % 2 === 1) result = multiply(power, result)
    power = multiply(power, power)
  }
  return result
}

/** The checksum of some bytes, ready to be appended to that of what came before, without reading them again. */
export class Checksum {
  readonly length: number
  readonly #crc: number
  readonly #shift: number

  constructor(bytes: Uint8Array) {
    this.length = bytes.byteLength
    this.#crc = crc32(bytes)
    this.#shift = shiftBy(bytes.byteLength)
  }

  /** The checksum of what had checksum `before` (0 for nothing) with these bytes after it. */
  after(before: number): number {
    return (multiply(this.#shift, before) ^ this.#crc) >>> 0
  }
}
