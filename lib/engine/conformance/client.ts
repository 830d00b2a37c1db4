import { connect, type Socket } from 'node:net'
import { int16, int32, message, text } from '../wire/bytes.ts'
import { readBackendMessage } from './backend-messages.ts'
import type { Frame, Message } from './script.ts'

/** A client that sends what it is told and keeps, message by message, what comes back. */
export class Client {
  readonly #socket: Socket
  #received = Buffer.alloc(0)
  #inbox: Message[] = []
  #wake: (() => void) | undefined
  #outstanding = 0
  #expectsByte = false
  #formats: readonly number[] = []
  #bound: readonly number[] | undefined
  closed = false
  processId = 0
  secret = 0

  constructor({ host, port }: { readonly host: string; readonly port: number }) {
    this.#socket = connect({ host, port, noDelay: true })
    this.#socket.on('data', (chunk) => {
      this.#received = Buffer.concat([this.#received, chunk])
      this.#read()
    })
    this.#socket.on('error', () => {})
    this.#socket.on('close', () => {
      this.closed = true
      this.#push(['Closed'])
    })
  }

  /** Every ReadyForQuery that was asked for has come, or never will. */
  readonly idle = (): boolean => this.#outstanding === 0 || this.closed

  count(kind: string): number {
    return this.#inbox.filter(([found]) => found === kind).length
  }

  take(): Message[] {
    return this.#inbox.splice(0)
  }

  /** Waits for a condition, no longer than `ms`; answers whether it holds. */
  async until(condition: () => boolean, ms: number): Promise<boolean> {
    let over = false
    const timer = setTimeout(() => {
      over = true
      this.#wake?.()
    }, ms)
    while (!condition() && !over) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    clearTimeout(timer)
    return condition()
  }

  startUp(parameters: Readonly<Record<string, string>>, protocol = 196608): void {
    this.#outstanding++
    const pairs = Object.entries(parameters).flatMap(([name, value]) => [text(name), text(value)])
    const body = Buffer.concat([int32(protocol), ...pairs, Buffer.from([0])])
    this.write(Buffer.concat([int32(body.length + 4), body]))
  }

  /** SSLRequest or GSSENCRequest; the answer is one byte. */
  requestEncryption(code: number): void {
    this.#expectsByte = true
    this.write(Buffer.concat([int32(8), int32(code)]))
  }

  query(sql: string): void {
    this.#outstanding++
    this.#bound = undefined
    this.write(message('Q', text(sql)))
  }

  extended(frames: readonly Frame[]): void {
    for (const frame of frames) {
      if (frame[0] === 'Sync') this.#outstanding++
      if (frame[0] === 'Bind') this.#bound = frame[5] ?? []
    }
    this.write(Buffer.concat(frames.map(encodeFrame)))
  }

  write(bytes: Uint8Array): void {
    if (!this.closed) this.#socket.write(bytes)
  }

  destroy(): void {
    this.closed = true
    this.#socket.destroy()
  }

  #push(received: Message): void {
    this.#inbox.push(received)
    this.#wake?.()
  }

  #read(): void {
    for (;;) {
      if (this.#expectsByte && this.#received.length > 0) {
        this.#expectsByte = false
        this.#push(['EncryptionResponse', this.#received.toString('latin1', 0, 1)])
        this.#received = this.#received.subarray(1)
      }
      if (this.#received.length < 5) return
      const length = this.#received.readInt32BE(1)
      if (length < 4 || length > 1 << 28) {
        this.#push(['Raw', this.#received.toString('latin1')])
        this.#received = Buffer.alloc(0)
        return
      }
      if (this.#received.length <= length) return
      const type = String.fromCharCode(this.#received.readUInt8())
      const body = this.#received.subarray(5, length + 1)
      this.#received = this.#received.subarray(length + 1)
      this.#receive(readBackendMessage(type, body, this.#bound ?? this.#formats))
    }
  }

  #receive(received: Message): void {
    const [kind, ...parts] = received
    if (kind === 'ReadyForQuery') this.#outstanding = Math.max(0, this.#outstanding - 1)
    if (kind === 'RowDescription')
      this.#formats = (parts[0] as unknown[][]).map((column) => Number(column[4]))
    if (kind === 'BackendKeyData') [this.processId, this.secret] = parts as [number, number]
    this.#push(received)
  }
}

function encodeFrame(frame: Frame): Buffer {
  switch (frame[0]) {
    case 'Parse': {
      const [, name, sql, types = []] = frame
      return message('P', text(name), text(sql), int16(types.length), ...types.map(int32))
    }
    case 'Bind': {
      const [, portal, statement, parameters = [], parameterFormats = [], resultFormats = []] = frame
      const values = parameters.flatMap((value) => {
        if (value === null) return [int32(-1)]
        const bytes = String(value).startsWith('\\x')
          ? Buffer.from(String(value).slice(2), 'hex')
          : Buffer.from(String(value))
        return [int32(bytes.length), bytes]
      })
      return message(
        'B',
        text(portal),
        text(statement),
        ...[parameterFormats.length, ...parameterFormats, parameters.length].map(int16),
        ...values,
        ...[resultFormats.length, ...resultFormats].map(int16),
      )
    }
    case 'Describe':
      return message('D', Buffer.from(frame[1]), text(frame[2]))
    case 'Close':
      return message('C', Buffer.from(frame[1]), text(frame[2]))
    case 'Execute':
      return message('E', text(frame[1]), int32(frame[2] ?? 0))
    case 'Flush':
      return message('H')
    case 'Sync':
      return message('S')
    default:
      return frame satisfies never
  }
}
