import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

const QUERY = 0x51
const PARSE = 0x50

/** Stands between the app and its database, and hears the text of every statement that is sent. */
export class StatementWitness {
  /** Statements in the order in which they came. */
  readonly statements: string[] = []
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  private constructor(url: string) {
    const { port, hostname } = new URL(url)
    this.#server = createServer((client) => {
      const database = connect(Number(port), hostname)
      const hear = this.#listener()
      client.on('data', hear)
      client.pipe(database).pipe(client)
      for (const socket of [client, database]) {
        this.#sockets.add(socket)
        socket.on('error', () => {})
        socket.on('close', () => {
          this.#sockets.delete(socket)
          client.destroy()
          database.destroy()
        })
      }
    })
  }

  static async start(url: string): Promise<StatementWitness> {
    const witness = new StatementWitness(url)
    await once(witness.#server.listen(0, '127.0.0.1'), 'listening')
    return witness
  }

  /** The way to the database that leads through here. */
  urlLike(url: string): string {
    const through = new URL(url)
    through.port = String((this.#server.address() as AddressInfo).port)
    return through.href
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }

  /** Cuts one client's bytes into messages: the first has no type, all others begin with theirs. */
  #listener(): (bytes: Buffer) => void {
    let waiting: Buffer = Buffer.alloc(0)
    let hasStarted = false
    return (bytes) => {
      waiting = Buffer.concat([waiting, bytes])
      for (;;) {
        const head = hasStarted ? 1 : 0
        if (waiting.length < head + 4) return
        const end = head + waiting.readInt32BE(head)
        if (waiting.length < end) return
        if (hasStarted) this.#hear(waiting[0], waiting.subarray(head + 4, end))
        hasStarted = true
        waiting = waiting.subarray(end)
      }
    }
  }

  #hear(type: number | undefined, body: Buffer): void {
    const texts = body.toString('utf8').split('\0')
    if (type === QUERY) this.statements.push(texts[0] ?? '')
    // A parsed statement is preceded by its name.
    if (type === PARSE) this.statements.push(texts[1] ?? '')
  }
}
