import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { setImmediate as turn } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createGunzip } from 'node:zlib'
import pino from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { TestApp } from '../chaos/test-app.ts'
import { TestEngine } from '../chaos/test-engine.ts'

// The door of the feeds keeps browsers out; here is none.
vi.mock('server-only', () => ({}))

const CLIENTS = 10_000
/** Code is compiled, pools are filled and buffers have grown by then. */
const WARM_UP = 3_000
const AT_ONCE = 50
const ROWS = 100
/** A change comes after so many clients. */
const CHANGE_EVERY = 200
/** For either half of what comes after the warm-up: some 600 bytes a client, where one that stays costs thousands. */
const MAX_GROWTH_BYTES = 2 * 2 ** 20
const SETTLE_MS = 10_000
const TIMEOUT_MS = 120_000

let engine: TestEngine
let app: TestApp
const errors: unknown[] = []
const onWarning = (warning: Error) => errors.push(warning)

beforeAll(async () => {
  process.on('warning', onWarning)
  engine = await TestEngine.start('v0.26', false)
  await engine.run(
    'CREATE TABLE t (id int, v int)',
    'CREATE MATERIALIZED VIEW t_some AS SELECT id, v FROM t WHERE id >= 50',
    `INSERT INTO t SELECT n, 0 FROM generate_series(1, ${ROWS}) AS g(n)`,
  )
}, TIMEOUT_MS)

afterAll(async () => {
  await engine.close()
  process.off('warning', onWarning)
})

const QUERIES = ['relation=t', 'relation=t_some', 'relation=t&columns=v', 'relation=t&id=in.(1,2)']
const nextQuery = (i: number): string => QUERIES[i % QUERIES.length] ?? ''

/** Asks for a stream on a connection of its own. */
function ask(query: string, headers: Record<string, string>): ClientRequest {
  const path = `/api/stream?${query}`
  const asked = request({ host: '127.0.0.1', port: app.port, path, headers, agent: false })
  asked.on('error', () => {})
  return asked
}

/** Waits until a text has come, and goes on reading. */
async function readUntil(asked: ClientRequest, words: RegExp): Promise<string> {
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  const isGzip = response.headers['content-encoding'] === 'gzip'
  const plain = isGzip ? response.pipe(createGunzip()) : response
  let received = ''
  return new Promise((resolve, reject) => {
    plain.on('data', (bytes) => {
      received += bytes
      if (words.test(received)) resolve(received)
    })
    response
      .on('error', () => {})
      .on('close', () => {
        plain.destroy()
        reject(new Error(`The stream ended after ${received}`))
      })
  })
}

const ID = /^id: (.+)$/m

/** The ways in which a client comes and goes. */
const VISITS: readonly ((query: string, headers: Record<string, string>) => Promise<void>)[] = [
  // Right after the request is written, to be noticed before there is an answer or after.
  async (query, headers) => {
    const asked = ask(query, { ...headers, 'x-reader': 'gone' }).end()
    await once(asked, 'finish')
    await leave(asked)
  },
  async (query, headers) => {
    const asked = ask(query, headers).end()
    await once(asked, 'finish')
    await leave(asked)
  },
  async (query, headers) => {
    const asked = ask(query, headers).end()
    await once(asked, 'finish')
    await closeSide(asked)
  },
  // Once it has all rows: without a word, or having closed its side.
  async (query, headers) => {
    const asked = ask(query, headers).end()
    await readUntil(asked, ID)
    await leave(asked)
  },
  async (query, headers) => {
    const asked = ask(query, headers).end()
    await readUntil(asked, ID)
    await closeSide(asked)
  },
  // And back again.
  async (query, headers) => {
    const first = ask(query, headers).end()
    const [, id = ''] = ID.exec(await readUntil(first, ID)) ?? []
    await leave(first)
    const second = ask(query, { ...headers, 'last-event-id': id }).end()
    await readUntil(second, /^retry: /)
    await leave(second)
  },
]

function leave(asked: ClientRequest): Promise<void> {
  return closed(asked, () => asked.destroy())
}

function closeSide(asked: ClientRequest): Promise<void> {
  return closed(asked, () => asked.socket?.end())
}

/** What went wrong meanwhile is of no interest. */
function closed(asked: ClientRequest, close: () => void): Promise<void> {
  return new Promise((resolve) => {
    asked.once('close', resolve)
    close()
  })
}

let visited = 0

/** So many clients come and go, by all ways; then those are waited for that the app has not seen leave yet. */
async function visit(clients: number): Promise<void> {
  const end = visited + clients
  const visitors = Array.from({ length: AT_ONCE }, async () => {
    while (visited < end) {
      const i = visited++
      if (i % CHANGE_EVERY === 0) await engine.run(`UPDATE t SET v = ${i} WHERE id = ${i % ROWS}`)
      const coding = Math.floor(i / VISITS.length) % 2 === 0 ? 'identity' : 'gzip'
      await VISITS[i % VISITS.length]?.(nextQuery(Math.floor(i / 10)), { 'accept-encoding': coding })
    }
  })
  await Promise.all(visitors)
  await settled(() => app.size, QUERIES.length)
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** What is in use once everything that can be collected has been. */
async function settledHeap(): Promise<number> {
  // What finalizers let go in one round is collected in the next.
  for (let i = 0; i < 5; i++) {
    collect()
    await turn()
  }
  return process.memoryUsage().heapUsed
}

/** Waits for what comes soon, without a timer that would be counted. */
async function settled<T>(read: () => T, expected: T): Promise<void> {
  const giveUpAt = performance.now() + SETTLE_MS
  while (!isDeepStrictEqual(read(), expected) && performance.now() < giveUpAt) await turn()
  expect(read()).toEqual(expected)
}

/** How many of what keeps a process alive: timers, sockets, servers. */
function resources(): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

/** The tests' own timers come and go, so there may be fewer. */
const beyond = (before: Record<string, number>, after: Record<string, number>) =>
  Object.entries(after).filter(([name, count]) => count > (before[name] ?? 0))

const processListeners = () =>
  process.eventNames().map((name) => [name, process.listenerCount(name)] as const)

test(`${CLIENTS} clients that come and go leave nothing behind`, { timeout: TIMEOUT_MS }, async () => {
  const before = resources()
  app = await TestApp.start(engine.url, pino({ level: 'silent' }), (error) => errors.push(error))
  // Somebody stays, so that all share one cursor of each relation.
  const staying = QUERIES.map((query) => ask(query, {}).end())
  await Promise.all(staying.map((asked) => readUntil(asked, ID)))
  const subscribe = vi.spyOn(engine.database, 'subscribe')

  await visit(WARM_UP)
  const listeners = processListeners()
  const heaps = [await settledHeap()]
  for (const clients of [Math.floor((CLIENTS - WARM_UP) / 2), Math.ceil((CLIENTS - WARM_UP) / 2)]) {
    await visit(clients)
    heaps.push(await settledHeap())
  }
  expect(visited).toBeGreaterThanOrEqual(CLIENTS)
  const [warm = 0, half = 0, full = 0] = heaps
  expect(half - warm).toBeLessThan(MAX_GROWTH_BYTES)
  expect(full - half).toBeLessThan(MAX_GROWTH_BYTES)
  expect(processListeners()).toEqual(listeners)
  expect(subscribe).not.toHaveBeenCalled()

  for (const asked of staying) await leave(asked)
  await settled(() => app.size, 0)
  await app.stop()
  await settled(() => engine.connections, 0)
  await settled(() => beyond(before, resources()), [])
  expect(errors).toEqual([])
})
