import { randomInt } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import { createLog } from '../log.ts'
import { Database } from './database.ts'
import { StatementError } from './errors.ts'
import { refusal } from './refuse.ts'
import { loadParser } from './session/relations.ts'
import { WhatRuns } from './session/running.ts'
import { Session } from './session/session.ts'
import { parseVersion } from './version.ts'
import { errorResponse } from './wire/backend.ts'
import { Connection } from './wire/connection.ts'
import type { FrontendMessage } from './wire/frontend.ts'
import { type Key, startUp } from './wire/startup.ts'

const log = createLog('engine')

/** Never beyond this machine. */
const HOST = '127.0.0.1'
const DEFAULT_VERSION = 'v0.26'
const UNKNOWN_PROTOCOL = 'unknown protocol'

/** Serves a database to clients that take it for Materialize. */
export class EngineServer {
  readonly database: Database
  readonly #server: Server
  readonly #sessions = new Map<number, { key: Key; session: Session; connection: Connection }>()
  readonly #connections = new Set<Connection>()
  readonly #whatRuns = new WhatRuns()

  constructor(database: Database) {
    this.database = database
    this.#server = createServer((socket) => this.#accept(socket))
  }

  /** Listens on a port, 0: any free one. Rejects where it is taken. Answers the port. */
  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, HOST, () => {
        this.#server.off('error', reject)
        resolve()
      })
    })
    const address = this.#server.address()
    return typeof address === 'object' && address ? address.port : port
  }

  /** Clients that are connected now. */
  get connections(): number {
    return this.#connections.size
  }

  /** Hangs up on everybody. The database stays open. May be called twice. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    for (const connection of this.#connections) connection.destroy()
    await closed
  }

  #accept(socket: Socket): void {
    const connection = new Connection(socket, {
      invalid: (error) => this.#refuse(connection, error.message),
      gone: () => this.#connections.delete(connection),
    })
    this.#connections.add(connection)
    // Nobody awaits a conversation: whatever goes wrong in it ends that connection alone.
    this.#converse(connection, socket).catch((error: unknown) => {
      log.error({ err: error }, 'a connection failed')
      connection.destroy()
    })
  }

  async #converse(connection: Connection, socket: Socket): Promise<void> {
    for (;;) {
      const message = await connection.inbox.next()
      if (message?.kind === 'encryption') {
        connection.write(Buffer.from('N'))
        continue
      }
      if (message?.kind === 'cancel') this.#cancel(message)
      if (message?.kind !== 'startup') break
      await this.#serve(connection, socket, message)
      break
    }
    connection.end()
  }

  async #serve(
    connection: Connection,
    socket: Socket,
    message: FrontendMessage & { kind: 'startup' },
  ): Promise<void> {
    const key = this.#newKey()
    const presence = this.#whatRuns.join(key.processId)
    try {
      const started = startUp(message, this.database, { ...key, session: presence.id })
      if (!started) return this.#refuse(connection, UNKNOWN_PROTOCOL)
      const cancel = (processId: number) => this.#cancelBackend(processId)
      const identity = { ...started, processId: key.processId, cancel, presence }
      const session = new Session(this.database, connection, connection.inbox, identity)
      this.#sessions.set(key.processId, { key, session, connection })
      socket.once('close', () => session.close())
      connection.write(started.answer)
      await session.run()
      session.close()
    } catch (error) {
      if (!(error instanceof StatementError)) throw error
      connection.write(errorResponse(error.fields))
    } finally {
      this.#sessions.delete(key.processId)
      presence.leave()
    }
  }

  /** Bytes that are no message, or a protocol that nobody speaks. */
  #refuse(connection: Connection, message: string): void {
    if (this.database.version.era === 'subscribe') {
      connection.write(errorResponse(refusal('08006', message, { severity: 'FATAL' }).fields))
    } else if (message === UNKNOWN_PROTOCOL || !connection.started) {
      connection.write(Buffer.from(`${UNKNOWN_PROTOCOL}\n`))
    }
    connection.end()
  }

  #newKey(): Key {
    // The secret alone keeps strangers from cancelling.
    return { processId: this.#freeId(), secret: randomInt(-(2 ** 31), 2 ** 31) }
  }

  /** The older servers use small numbers again, the later ones large ones at random. */
  #freeId(): number {
    const tail = this.database.version.era === 'tail'
    for (let id = 2; ; id++) {
      const candidate = tail ? id : randomInt(1_500_000_000, 2_000_000_000)
      if (!this.#sessions.has(candidate)) return candidate
    }
  }

  /** What `pg_cancel_backend` does. */
  #cancelBackend(processId: number): boolean {
    const found = this.#sessions.get(processId)
    found?.session.cancel()
    return found !== undefined
  }

  /** A wrong secret is ignored; either way the socket just closes. */
  #cancel({ processId, secret }: { processId: number; secret: number }): void {
    const found = this.#sessions.get(processId)
    if (found && found.key.secret === secret) found.session.cancel()
  }
}

/** A whole engine in this process: what tests use. */
export async function startServer(
  options: { port?: number; version?: string; dataDir?: string; now?: () => number } = {},
): Promise<{ port: number; database: Database; connections(): number; close(): Promise<void> }> {
  const version = parseVersion(options.version ?? DEFAULT_VERSION)
  if (!version) throw new Error(`no version of Materialize: ${options.version}`)
  const [database] = await Promise.all([
    Database.open({
      version,
      ...(options.dataDir !== undefined && { dataDir: options.dataDir }),
      ...(options.now && { now: options.now }),
    }),
    loadParser(),
  ])
  const server = new EngineServer(database)
  const port = await server.listen(options.port ?? 0)
  const close = async () => {
    await server.close()
    await database.close()
  }
  return { port, database, connections: () => server.connections, close }
}
