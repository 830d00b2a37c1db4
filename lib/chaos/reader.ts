import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { createGunzip } from 'node:zlib'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { parseEventId } from '../protocol/event-id.ts'
import { eventSchemas, type StreamEvent } from '../protocol/events.ts'
import { Fold } from '../protocol/fold.ts'
import { type Row, rowKey } from '../protocol/row.ts'
import { sleep } from '../sleep.ts'
import type { Observation } from './oracle.ts'
import type { Random } from './random.ts'
import type { Watched } from './relations.ts'
import { keyOf } from './rows.ts'

/** Heartbeats come every 5 s: a connection that is silent for longer leads nowhere. */
const SILENCE_MS = 7_000
/** For so long a server may wait to reach an id before it sends an older snapshot. */
const AHEAD_MS = 9_500

export interface ReaderOptions {
  readonly name: string
  readonly port: number
  readonly watched: Watched
  readonly isGzip: boolean
  /** Takes nothing now and then; see `TestApp.choke`. */
  readonly isSlow: boolean
  readonly random: Random
  /** Something that the protocol promises did not hold. */
  readonly onViolation: (what: string) => void
}

/** A client as docs/stream.md describes one, that notes what it has at each id and checks what it can see. */
export class Reader {
  readonly watched: Watched
  readonly observations: Observation[] = []
  readonly #options: ReaderOptions
  readonly #fold = new Fold()
  readonly #stop = new AbortController()
  readonly #running: Promise<void>
  #request: ClientRequest | undefined
  #awayUntil = 0
  #openedAt = 0
  #isBetweenParts = false
  #isOver = false
  #onObservation = () => {}

  constructor(options: ReaderOptions) {
    this.#options = options
    this.watched = options.watched
    this.#running = this.#run()
  }

  /** Resolves once it has everything up to a timestamp, of this epoch if one is given; rejects after `timeoutMs`. */
  async reach(epoch: string | undefined, timestamp: bigint, timeoutMs: number): Promise<void> {
    const signal = AbortSignal.timeout(timeoutMs)
    for (;;) {
      const last = this.observations.at(-1)
      if (last && (epoch ?? last.epoch) === last.epoch && last.timestamp >= timestamp) return
      await new Promise<void>((resolve, reject) => {
        const giveUp = () => {
          const at = last && `${last.epoch}:${last.timestamp}`
          reject(new Error(`${this.#options.name} stands at ${at} and never came to ${epoch}:${timestamp}`))
        }
        signal.addEventListener('abort', giveUp, { once: true })
        this.#onObservation = () => {
          signal.removeEventListener('abort', giveUp)
          resolve()
        }
        if (signal.aborted) giveUp()
      })
    }
  }

  /** Hangs up, and comes back with its last id. */
  leave(ms: number): void {
    this.#awayUntil = Date.now() + ms
    this.#request?.destroy()
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    this.#request?.destroy()
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted) {
      await this.#connect().catch((error: unknown) => this.#failed(error))
      this.#fold.discardParts()
      this.#isBetweenParts = false
      const pauseMs = this.#options.random.int(5, 250)
      await sleep(Math.max(pauseMs, this.#awayUntil - Date.now()), signal)
    }
  }

  /** Networks fail; what is received may not. */
  #failed(error: unknown): void {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
      if (!error.code.startsWith('Z_')) return
    }
    this.#violated(`cannot read the stream: ${error}`)
  }

  async #connect(): Promise<void> {
    const { port, watched, isGzip, isSlow, random } = this.#options
    const id = this.#fold.lastEventId
    const byQuery = id !== undefined && random.chance(0.3)
    const path = [
      `/api/stream?relation=${watched.relation}`,
      watched.query,
      byQuery ? `lastEventId=${encodeURIComponent(id)}` : '',
    ]
    const asked = request({
      host: '127.0.0.1',
      port,
      path: path.filter(Boolean).join('&'),
      agent: false,
      timeout: SILENCE_MS,
      headers: {
        'accept-encoding': isGzip ? 'gzip' : 'identity',
        ...(isSlow && { 'x-reader': 'slow' }),
        ...(id !== undefined && !byQuery && { 'last-event-id': id }),
      },
    })
    this.#request = asked
    asked.on('timeout', () => asked.destroy(lost()))
    // Whoever waits for the response, or reads it, is told as well.
    asked.on('error', () => {})
    asked.end()
    if (this.#stop.signal.aborted) asked.destroy()
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    this.#openedAt = Date.now()
    this.#isOver = false
    try {
      if (response.statusCode === 200) await this.#read(response)
      else if (response.statusCode !== 404 && response.statusCode !== 503)
        this.#violated(`was answered ${response.statusCode}`)
    } finally {
      asked.destroy()
    }
  }

  async #read(response: IncomingMessage): Promise<void> {
    const { isGzip, random } = this.#options
    const isCoded = response.headers['content-encoding'] === 'gzip'
    if (isCoded && !isGzip) this.#violated('was sent gzip unasked')
    const parser = createParser({ onEvent: (event) => this.#take(event) })
    const utf8 = new TextDecoder('utf-8', { fatal: true })
    const plain = isCoded ? response.pipe(createGunzip()) : response
    if (response.destroyed) throw lost()
    // A gunzip does not hear of it by itself.
    response.on('error', (error) => plain.destroy(error))
    response.on('close', () => !response.complete && plain.destroy(lost()))
    for await (const bytes of plain) {
      parser.feed(utf8.decode(bytes as Uint8Array, { stream: true }))
      if (this.#options.isSlow) await sleep(random.int(0, 5), this.#stop.signal)
    }
    if (!this.#isOver) this.#violated('came to the end of a stream that said no farewell')
  }

  #take({ event = '', id, data }: EventSourceMessage): void {
    const schema = eventSchemas[event as StreamEvent['kind']]
    const parsed = { kind: event, id, data: schema.parse(JSON.parse(data)) } as StreamEvent
    if (this.#isOver) this.#violated(`was sent ${event} after the farewell`)
    if (parsed.kind === 'bye' || (parsed.kind === 'status' && parsed.data.state === 'gone'))
      this.#isOver = true
    this.#checkOrder(parsed, id)
    this.#fold.apply(parsed)
    if (parsed.kind === 'snapshot') this.#isBetweenParts = id === undefined
    const position = id === undefined ? undefined : parseEventId(id)
    if (!position) return
    const rows = new Map<string, number>()
    for (const { row, count } of this.#fold.rows()) rows.set(textOf(row), count)
    this.observations.push({ ...position, rows, reader: this.#options.name })
    this.#onObservation()
  }

  #checkOrder(event: StreamEvent, id: string | undefined): void {
    const position = id === undefined ? undefined : parseEventId(id)
    if (id !== undefined && !position) this.#violated(`was sent the id ${id}`)
    if (this.#isBetweenParts && event.kind !== 'snapshot' && id !== undefined)
      this.#violated(`was sent ${event.kind} ${id} between parts`)
    const last = this.observations.at(-1)
    if (!position || !last) return
    const isSame = position.epoch === last.epoch
    if (!isSame && event.kind !== 'snapshot') this.#violated(`was sent ${event.kind} ${id} of another epoch`)
    const hasWaited = event.kind === 'snapshot' && Date.now() - this.#openedAt >= AHEAD_MS
    if (isSame && position.timestamp < last.timestamp && !hasWaited)
      this.#violated(`was sent ${event.kind} ${id} after ${last.timestamp}`)
    if (event.kind !== 'update') return
    if (isSame && position.timestamp === last.timestamp) this.#violated(`was sent ${id} twice`)
    if (event.data.timestamp !== String(position.timestamp))
      this.#violated(`was sent an update of two times, ${id}`)
    const { updates } = event.data
    if (new Set(updates.map(({ row }) => rowKey(row))).size < updates.length)
      this.#violated(`was sent a row twice in ${id}`)
    if (updates.some(({ diff }) => diff === 0) || updates.length === 0)
      this.#violated(`was sent no change in ${id}`)
    if (updates.findLastIndex(({ diff }) => diff < 0) >= updates.filter(({ diff }) => diff < 0).length)
      this.#violated(`was sent a retraction after an insertion in ${id}`)
  }

  #violated(what: string): void {
    const last = this.observations.at(-1)
    this.#options.onViolation(`${this.#options.name} ${what} (had ${last?.epoch}:${last?.timestamp})`)
  }
}

const lost = () => Object.assign(new Error('The connection was lost'), { code: 'LOST' })

const texts = new WeakMap<Row, string>()

function textOf(row: Row): string {
  let text = texts.get(row)
  if (text === undefined) {
    const values = Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)])
    text = keyOf(Object.fromEntries(values))
    texts.set(row, text)
  }
  return text
}
