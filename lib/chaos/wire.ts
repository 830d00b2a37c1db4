import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'

/**
 * How bytes pass. `stall`: they are taken and not given on, until the mode changes. `dead`: they are lost, and the
 * direction of that connection with them, for good. `trickle`: they are given on one by one.
 */
export type Mode = 'pass' | 'stall' | 'dead' | 'trickle'

export interface Modes {
  /** From who connected to the target. */
  readonly up: Mode
  readonly down: Mode
}

/** A stalled direction takes no more than this. */
const MAX_WAITING_BYTES = 64 * 1024
/** Of each piece so many bytes go alone: enough to split whatever heads it, without a turn for each of a megabyte. */
const TRICKLED_BYTES = 600

/** A wire between two parties of this machine that can fail in every way a network does. */
export class Wire {
  /** Where new connections lead, in turn. */
  targets: readonly number[]
  #modes: Modes = { up: 'pass', down: 'pass' }
  #directions = new Set<Direction>()
  #sockets = new Set<Socket>()
  #accepted = 0
  #isOpen = true
  readonly #server: Server

  private constructor(targets: readonly number[]) {
    this.targets = targets
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#accept(client))
  }

  /** Listens on a port of its own. */
  static async start(...targets: number[]): Promise<Wire> {
    const proxy = new Wire(targets)
    await once(proxy.#server.listen(0, '127.0.0.1'), 'listening')
    return proxy
  }

  get port(): number {
    const address = this.#server.address()
    if (typeof address !== 'object' || address === null) throw new Error('The proxy is closed')
    return address.port
  }

  /** For all connections, those that are open and those that come. */
  set modes(modes: Modes) {
    this.#modes = modes
    for (const direction of this.#directions) direction.wake()
  }

  /** Ends all connections, as a network does: without a word that a program could have said. */
  cut(): void {
    for (const socket of [...this.#sockets]) socket.destroy()
  }

  async close(): Promise<void> {
    this.#isOpen = false
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.cut()
    await closed
  }

  #accept(client: Socket): void {
    const port = this.#isOpen && this.targets[this.#accepted++ % this.targets.length]
    if (!port) {
      client.destroy()
      return
    }
    const target = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
    const up = new Direction(client, target, () => this.#modes.up)
    const down = new Direction(target, client, () => this.#modes.down)
    for (const socket of [client, target]) {
      this.#sockets.add(socket)
      socket.on('error', () => {})
    }
    client.on('close', () => this.#closed(client, up, down))
    target.on('close', () => this.#closed(target, down, up))
    this.#directions.add(up).add(down)
  }

  /** What the other side hears of it takes the same way as the bytes did, if that way still leads anywhere. */
  #closed(socket: Socket, outgoing: Direction, incoming: Direction): void {
    this.#sockets.delete(socket)
    incoming.drop()
    outgoing.close()
    if (outgoing.to.destroyed) {
      this.#directions.delete(outgoing)
      this.#directions.delete(incoming)
    }
  }
}

/** One direction of one connection. */
class Direction {
  readonly to: Socket
  readonly #from: Socket
  readonly #mode: () => Mode
  #waiting: Buffer[] = []
  #size = 0
  #ending: 'end' | 'destroy' | undefined
  #isDead = false
  #isPumping = false
  #wakeUp = () => {}

  constructor(from: Socket, to: Socket, mode: () => Mode) {
    this.#from = from
    this.to = to
    this.#mode = mode
    from.on('data', (bytes) => this.#take(bytes))
    from.on('end', () => this.#finish('end'))
    to.on('drain', () => this.wake())
  }

  /** The mode, or how much the target takes, has changed. */
  wake(): void {
    this.#wakeUp()
  }

  close(): void {
    this.#finish('destroy')
  }

  /** Nobody is left to give anything to. */
  drop(): void {
    this.#isDead = true
    this.#waiting = []
    this.wake()
  }

  #take(bytes: Buffer): void {
    this.#waiting.push(bytes)
    this.#size += bytes.length
    if (this.#size > MAX_WAITING_BYTES) this.#from.pause()
    void this.#pump()
  }

  #finish(ending: 'end' | 'destroy'): void {
    this.#ending = ending
    void this.#pump()
  }

  async #pump(): Promise<void> {
    if (this.#isPumping) return
    this.#isPumping = true
    while (this.#waiting.length > 0 || this.#ending) {
      const mode = this.#isDead ? 'dead' : this.#mode()
      if (mode === 'dead') this.#lose()
      else if (mode === 'stall' || this.to.writableNeedDrain) await this.#woken()
      else if (this.#waiting.length > 0) await this.#give(mode)
      else this.#end()
    }
    this.#isPumping = false
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wakeUp = resolve
    })
  }

  #lose(): void {
    this.#isDead = true
    this.#waiting = []
    this.#ending = undefined
    this.#room()
  }

  async #give(mode: Mode): Promise<void> {
    const bytes = this.#waiting.shift()
    if (!bytes) return
    const alone = mode === 'trickle' ? Math.min(bytes.length, TRICKLED_BYTES) : 0
    for (let i = 0; i < alone && !this.to.destroyed; i++) {
      this.to.write(bytes.subarray(i, i + 1))
      await turn()
    }
    if (alone < bytes.length && !this.to.destroyed) this.to.write(bytes.subarray(alone))
    this.#size -= bytes.length
    this.#room()
  }

  #room(): void {
    if (this.#waiting.length === 0) this.#size = 0
    if (this.#size <= MAX_WAITING_BYTES) this.#from.resume()
  }

  #end(): void {
    if (this.#ending === 'destroy') this.to.destroy()
    else this.to.end()
    this.#ending = undefined
  }
}
