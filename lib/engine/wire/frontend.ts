import { ByteReader } from './bytes.ts'

/** What a client may send, after https://www.postgresql.org/docs/current/protocol-message-formats.html */
export type FrontendMessage =
  | { kind: 'startup'; major: number; minor: number; parameters: ReadonlyMap<string, string> }
  /** SSLRequest or GSSENCRequest. */
  | { kind: 'encryption' }
  | { kind: 'cancel'; processId: number; secret: number }
  | { kind: 'query'; sql: string }
  | { kind: 'parse'; name: string; sql: string; types: readonly number[] }
  | ({ kind: 'bind'; portal: string; statement: string } & Binding)
  | { kind: 'describe'; target: 'statement' | 'portal'; name: string }
  | { kind: 'close'; target: 'statement' | 'portal'; name: string }
  | { kind: 'execute'; portal: string; maxRows: number }
  | { kind: 'copyData'; bytes: Buffer }
  | { kind: 'copyFail'; message: string }
  | { kind: 'copyDone' | 'flush' | 'sync' | 'terminate' }
  /** No password is ever asked for; one that comes is passed over. */
  | { kind: 'password' }

/** The values of a statement's parameters, and the formats (0 text, 1 binary) of them and of its result. */
export interface Binding {
  readonly parameterFormats: readonly number[]
  readonly parameters: readonly (Buffer | null)[]
  readonly resultFormats: readonly number[]
}

/** The bytes are no message: the connection cannot go on. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
}

const SSL_REQUEST = 80877103
const GSS_REQUEST = 80877104
const CANCEL_REQUEST = 80877102
const MAX_STARTUP_BYTES = 10_000
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024

/**
 * Cuts a client's bytes into messages, wherever they were split on their way. No socket, no timer.
 *
 * Ready-made servers were looked at. pglite-socket hands one connection at a time to PGlite and answers no
 * CancelRequest; pg-gateway leaves the statements to the database behind it. Here a cursor waits for hours beside
 * other connections and half of the statements never reach PostgreSQL, so that only the message formats would be
 * left of either: these are this file and `backend.ts`.
 */
export class FrontendParser {
  #chunks: Buffer[] = []
  #length = 0
  #started = false;

  /** The messages that `chunk` completes. Throws a ProtocolError at the first that is none. */
  *push(chunk: Buffer): Generator<FrontendMessage> {
    this.#chunks.push(chunk)
    this.#length += chunk.length
    for (;;) {
      const header = this.#started ? 1 : 0
      if (this.#length < header + 4) return
      const size = this.#messageSize(header)
      // A large message arrives in many chunks: they are joined once, when the last has come.
      if (this.#length < size) return
      yield this.#started ? this.#regular(this.#take(size)) : this.#first(this.#take(size))
    }
  }

  /** Whether the start-up message has come. */
  get started(): boolean {
    return this.#started
  }

  #messageSize(header: number): number {
    const start = this.#peek(header + 4)
    const size = start.readInt32BE(header)
    const max = this.#started ? MAX_MESSAGE_BYTES : MAX_STARTUP_BYTES
    const type = header === 0 ? undefined : start.readUInt8()
    if (type !== undefined && !(String.fromCharCode(type) in READERS)) {
      throw new ProtocolError(`unknown message type ${type}`)
    }
    if (size < (this.#started ? 4 : 8) || size > max) throw new ProtocolError('invalid message')
    return size + header
  }

  #peek(length: number): Buffer {
    if ((this.#chunks[0]?.length ?? 0) < length) this.#chunks = [Buffer.concat(this.#chunks)]
    return this.#chunks[0] ?? Buffer.alloc(0)
  }

  #take(length: number): Buffer {
    const bytes = this.#peek(length)
    this.#length -= length
    if (bytes.length === length) this.#chunks.shift()
    else this.#chunks[0] = bytes.subarray(length)
    return bytes.subarray(0, length)
  }

  #first(bytes: Buffer): FrontendMessage {
    return readOrRefuse(() => {
      const reader = new ByteReader(bytes.subarray(4))
      const code = reader.int32()
      if (code === SSL_REQUEST || code === GSS_REQUEST) return { kind: 'encryption' }
      if (code === CANCEL_REQUEST) {
        return { kind: 'cancel', processId: reader.int32(), secret: reader.int32() }
      }
      const parameters = new Map<string, string>()
      const [major, minor] = [code >>> 16, code & 0xffff]
      // Other versions may lay out the rest in their own way; they are refused by number.
      if (major === 3) {
        for (let name = reader.text(); name !== ''; name = reader.text()) parameters.set(name, reader.text())
      }
      this.#started = true
      return { kind: 'startup', major, minor, parameters }
    })
  }

  #regular(bytes: Buffer): FrontendMessage {
    return readOrRefuse(() => {
      const read = READERS[String.fromCharCode(bytes.readUInt8())]
      if (!read) throw new ProtocolError('unknown message type')
      return read(new ByteReader(bytes.subarray(5)))
    })
  }
}

function readOrRefuse(read: () => FrontendMessage): FrontendMessage {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof RangeError) throw new ProtocolError('invalid message', { cause })
    throw cause
  }
}

function readTarget(reader: ByteReader): 'statement' | 'portal' {
  const letter = String.fromCharCode(reader.byte())
  if (letter !== 'S' && letter !== 'P') throw new ProtocolError('invalid message')
  return letter === 'S' ? 'statement' : 'portal'
}

const READERS: Readonly<Record<string, (reader: ByteReader) => FrontendMessage>> = {
  Q: (r) => ({ kind: 'query', sql: r.text() }),
  P: (r) => ({ kind: 'parse', name: r.text(), sql: r.text(), types: r.list(() => r.int32()) }),
  B: (r) => ({
    kind: 'bind',
    portal: r.text(),
    statement: r.text(),
    parameterFormats: r.list(() => r.int16()),
    parameters: r.list(() => {
      const length = r.int32()
      return length < 0 ? null : r.bytes(length)
    }),
    resultFormats: r.list(() => r.int16()),
  }),
  D: (r) => ({ kind: 'describe', target: readTarget(r), name: r.text() }),
  C: (r) => ({ kind: 'close', target: readTarget(r), name: r.text() }),
  E: (r) => ({ kind: 'execute', portal: r.text(), maxRows: r.int32() }),
  d: (r) => ({ kind: 'copyData', bytes: r.bytes(r.left) }),
  f: (r) => ({ kind: 'copyFail', message: r.text() }),
  c: () => ({ kind: 'copyDone' }),
  H: () => ({ kind: 'flush' }),
  S: () => ({ kind: 'sync' }),
  X: () => ({ kind: 'terminate' }),
  p: () => ({ kind: 'password' }),
}
