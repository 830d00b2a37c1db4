/**
 * Bytes for many clients, alone and as a chunk of HTTP/1.1 (hex length, CRLF, bytes, CRLF; RFC 9112, section 7.1): one
 * piece of memory that is made once, so that a chunk is one write of one shared buffer.
 */
export class Framed {
  readonly bytes: Uint8Array
  readonly framed: Uint8Array

  constructor(content: string | Uint8Array) {
    const length = Buffer.byteLength(content)
    const head = `${length.toString(16)}\r\n`
    const end = head.length + length
    const framed = Buffer.allocUnsafe(end + 2)
    framed.write(head, 0, 'latin1')
    if (typeof content === 'string') framed.write(content, head.length, 'utf8')
    else framed.set(content, head.length)
    framed.write('\r\n', end, 'latin1')
    this.bytes = framed.subarray(head.length, end)
    // A chunk of no length would end the body.
    this.framed = length === 0 ? this.bytes : framed
  }
}
