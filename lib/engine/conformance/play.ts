import { setTimeout as sleep } from 'node:timers/promises'
import { int32, message, text } from '../wire/bytes.ts'
import { Client } from './client.ts'
import type { Case, Frame, Step, Text } from './script.ts'
import { connected, type Server } from './target.ts'

const LIMIT_MS = 15_000
const SSL_REQUEST = 80877103
const GSS_REQUEST = 80877104
const CANCEL_REQUEST = 80877102

/** Plays a case against a server whose database is empty, and answers it with what came back. */
export async function play(script: Case, server: Server): Promise<Case> {
  const player = new Player(server)
  try {
    const steps: Step[] = []
    for (const step of script.steps) steps.push(await player.step(step))
    return { ...script, steps }
  } finally {
    player.close()
  }
}

class Player {
  readonly #server: Server
  readonly #clients = new Map<string, Client>()
  readonly #captured = new Map<string, string>()

  constructor(server: Server) {
    this.#server = server
  }

  close(): void {
    for (const client of this.#clients.values()) client.destroy()
  }

  async step(step: Step): Promise<Step> {
    if (step.wait !== undefined) {
      await sleep(step.wait)
      return step
    }
    if (step.cancel !== undefined) return this.#cancel(step)
    const client = step.connect ? this.#open(step) : await this.#client(step.conn ?? '')
    const answered = await this.#do(step, client)
    const messages = client.take()
    if (!answered) messages.push(['NoAnswer'])
    const rows = messages.flatMap(([kind, values]) =>
      kind === 'DataRow' ? [values as (string | null)[]] : [],
    )
    for (const [name, [row, column]] of Object.entries(step.capture ?? {})) {
      const value = rows.at(row)?.[column]
      if (typeof value === 'string') this.#captured.set(name, value)
    }
    return { ...step, messages }
  }

  async #client(name: string): Promise<Client> {
    const known = this.#clients.get(name)
    if (known) return known
    const client = await connected(this.#server)
    client.take()
    this.#clients.set(name, client)
    return client
  }

  #open(step: Step): Client {
    const client = new Client(this.#server)
    this.#clients.set(step.conn ?? '', client)
    return client
  }

  /** Answers whether everything that was waited for came. */
  async #do(step: Step, client: Client): Promise<boolean> {
    const limit = step.timeout ?? LIMIT_MS
    const finished = () => client.until(client.idle, limit)
    if (step.connect) return this.#connect(step.connect, client, limit)
    if (step.query !== undefined) {
      let answered = true
      for (let run = 0; run < (step.repeat ?? 1); run++) {
        client.query(this.#text(step.query))
        answered = await finished()
      }
      return answered
    }
    if (step.start !== undefined) client.query(this.#text(step.start))
    else if (step.await) return finished()
    else if (step.raw !== undefined) {
      client.write(Buffer.from(step.raw, 'hex'))
      await client.until(() => client.closed, step.read ?? 1000)
    } else if (step.read !== undefined) await sleep(step.read)
    else if (step.readUntil !== undefined) {
      const kind = step.readUntil
      return client.until(() => client.count(kind) >= (step.count ?? 1) || client.closed, limit)
    } else if (step.startExtended) client.extended(this.#frames(step.startExtended))
    else if (step.extended) {
      client.extended(this.#frames(step.extended))
      if (step.extended.some(([kind]) => kind === 'Sync')) return finished()
      await sleep(500)
    } else if (step.copyIn) {
      for (const data of step.copyIn) client.write(message('d', Buffer.from(data)))
      client.write(step.fail === undefined ? message('c') : message('f', text(step.fail)))
      return finished()
    } else if (step.terminate || step.close) {
      if (step.terminate) {
        client.write(message('X'))
        await client.until(() => client.closed, 5000)
      } else client.destroy()
      this.#clients.delete(step.conn ?? '')
    } else throw new Error(`unknown step ${JSON.stringify(step)}`)
    return true
  }

  async #connect(connect: NonNullable<Step['connect']>, client: Client, limit: number): Promise<boolean> {
    if (connect.ssl || connect.gss) {
      client.requestEncryption(connect.ssl ? SSL_REQUEST : GSS_REQUEST)
      await client.until(() => client.count('EncryptionResponse') > 0, 5000)
    }
    if (connect.noStartup) return true
    const { user = 'materialize', database = 'materialize' } = connect
    const who = { ...(user !== null && { user }), ...(database !== null && { database }) }
    client.startUp({ ...who, ...connect.params }, connect.protocol)
    const answered = await client.until(client.idle, limit)
    if (client.count('ErrorResponse') > 0) await client.until(() => client.closed, 2000)
    return answered
  }

  async #cancel(step: Step): Promise<Step> {
    const target = await this.#client(step.cancel ?? '')
    const client = new Client(this.#server)
    const processId = target.processId + (step.badPid ? 100_000 : 0)
    const secret = step.badSecret ? target.secret ^ 1 : target.secret
    client.write(Buffer.concat([int32(16), int32(CANCEL_REQUEST), int32(processId), int32(secret)]))
    await client.until(() => client.closed, 5000)
    return { ...step, messages: client.take() }
  }

  #frames(frames: readonly Frame[]): Frame[] {
    return frames.map((frame) =>
      frame[0] === 'Parse' ? ['Parse', frame[1], this.#text(frame[2]), frame[3]] : frame,
    )
  }

  /**
   * `${name}` and `${name+5}` stand for a captured value, `${now-1000}` for the clock; `${hex:TEXT}` for the bytes of
   * a text, in which `@SEC-500@` is the clock in seconds, half a second ago.
   */
  #text(given: Text): string {
    const words = typeof given === 'string' ? given : given[this.#server.era]
    const withBytes = words.replaceAll(/\$\{hex:(.*?)\}\)/g, (_, raw: string) => {
      const seconds = (_match: string, change: string) => String((Date.now() + Number(change)) / 1000)
      return `'\\x${Buffer.from(raw.replaceAll(/@SEC([+-]\d+)@/g, seconds)).toString('hex')}')`
    })
    return withBytes.replaceAll(/\$\{(\w+)([+-]\d+)?\}/g, (_, name: string, change: string | undefined) => {
      const value = name === 'now' ? String(Date.now()) : this.#captured.get(name)
      if (value === undefined) return `UNDEFINED_${name}`
      return change ? String(BigInt(value) + BigInt(change)) : value
    })
  }
}
