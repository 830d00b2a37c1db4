import type { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startServer } from '../engine/server.ts'
import { createLog } from '../log.ts'
import { connect } from '../materialize/connect.ts'
import { RelationConflictError } from '../materialize/sql/set-up.ts'
import { prune } from './prune.ts'
import { readingAt } from './sensor.ts'
import type { Run } from './session.ts'
import { type SimulateOptions, simulate } from './simulate.ts'

type Server = Awaited<ReturnType<typeof startServer>>

const log = createLog('simulator test')
log.level = 'silent'

let server: Server
let url: string
let client: Client
const running: { ending: AbortController; done: Promise<void> }[] = []

function start(options: Partial<SimulateOptions> = {}): { ending: AbortController; done: Promise<void> } {
  const ending = new AbortController()
  const all = { url, sensors: 4, sensorIntervalMs: 1000, hostMetrics: false, log, ...options }
  const simulator = { ending, done: simulate(all, ending.signal) }
  // A failure shows where it is awaited, or in what is missing.
  simulator.done.catch(() => {})
  running.push(simulator)
  return simulator
}

const query = async <R = Record<string, number>>(sql: string): Promise<R[]> =>
  (await client.query(sql)).rows as R[]

const count = async (where: string): Promise<number> =>
  Number((await query<{ n: string }>(`SELECT count(*) AS n FROM ${where}`))[0]?.n)

async function open(port = 0): Promise<void> {
  server = await startServer({ port })
  url = `postgres://materialize@127.0.0.1:${server.port}/materialize`
  client = await connect(url, { applicationName: 'test' })
}

beforeEach(() => open(), 60_000)

afterEach(async () => {
  for (const { ending } of running) ending.abort()
  await Promise.allSettled(running.splice(0).map(({ done }) => done))
  await client.end()
  await server.close()
})

describe('simulate', { timeout: 60_000 }, () => {
  it('fills the window and goes on, with the readings that the model gives', async () => {
    start()
    // The window, and two moments after it.
    await expect.poll(() => count('sensors').catch(() => 0), { timeout: 20_000 }).toBeGreaterThan(4 * 500)
    const [newest] = await query('SELECT max("timestamp") AS t FROM sensors')
    await expect
      .poll(async () => (await query('SELECT max("timestamp") AS t FROM sensors'))[0]?.t, { timeout: 10_000 })
      .toBeGreaterThan((newest?.t ?? 0) + 1)
    const rows = await query(
      'SELECT id, pm25, pm10, geo_lat, geo_lon, "timestamp" AS t FROM sensors ORDER BY id, t',
    )
    for (const row of rows) {
      const reading = readingAt(1, Number(row.id), Math.round(Number(row.t) * 1000))
      expect(row).toEqual({
        id: reading?.id,
        pm25: reading?.pm25,
        pm10: reading?.pm10,
        geo_lat: reading?.latitude,
        geo_lon: reading?.longitude,
        t: reading?.timestamp,
      })
    }
    // No reading twice, no moment left out in which there is one.
    const times = rows.filter(({ id }) => id === 1).map(({ t }) => Number(t))
    expect(new Set(times).size).toBe(times.length)
    const [first = 0, last = 0] = [times[0], times.at(-1)]
    const expected = Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((t) =>
      readingAt(1, 1, t * 1000),
    )
    expect(times).toEqual(expected)
  })

  it('measures this machine every second', async () => {
    start({ sensors: 0, hostMetrics: true })
    await expect.poll(() => count('host_metrics').catch(() => 0), { timeout: 20_000 }).toBeGreaterThan(1)
    const [row] = await query('SELECT * FROM host_metrics')
    expect(row?.memory_percent).toBeGreaterThan(0)
    expect(row?.load_1m).toBeGreaterThanOrEqual(0)
    expect(row?.cpu_percent).toBeGreaterThanOrEqual(0)
    expect(await count('sensors')).toBe(0)
  })

  it('ends within a second, whatever it is doing', async () => {
    for (const waitFor of [0, 4, 4 * 550]) {
      const { ending, done } = start()
      if (waitFor > 0) {
        await expect
          .poll(() => count('sensors').catch(() => 0), { interval: 5, timeout: 20_000 })
          .toBeGreaterThanOrEqual(waitFor)
      }
      const askedMs = Date.now()
      ending.abort()
      await done
      expect(Date.now() - askedMs).toBeLessThan(1_000)
    }
  })

  it('comes back to a database that was away, sets it up and fills it', async () => {
    const ready: number[] = []
    start({ onReady: () => ready.push(Date.now()) })
    await expect.poll(() => count('sensors').catch(() => 0), { timeout: 20_000 }).toBeGreaterThan(4 * 500)
    const { port } = server
    await client.end()
    await server.close()
    // Empty, as its tables lived in memory.
    await open(port)
    await expect.poll(() => count('sensors').catch(() => 0), { timeout: 30_000 }).toBeGreaterThan(4 * 500)
    expect(ready.length).toBe(2)
  })

  it('does not double what another simulator writes, and takes over when that one ends', async () => {
    const first = start()
    await expect.poll(() => count('sensors').catch(() => 0), { timeout: 20_000 }).toBeGreaterThan(4 * 500)
    let ready = false
    start({ onReady: () => (ready = true) })
    await expect.poll(() => ready, { timeout: 10_000 }).toBe(true)
    const doubled =
      'SELECT id, "timestamp", count(*) AS n FROM sensors GROUP BY id, "timestamp" HAVING count(*) > 1'
    const newest = async () => Number((await query('SELECT max("timestamp") AS t FROM sensors'))[0]?.t)
    const before = await newest()
    await expect.poll(newest, { timeout: 20_000 }).toBeGreaterThan(before + 3)
    expect(await query(doubled)).toEqual([])
    first.ending.abort()
    await first.done
    const end = await newest()
    await expect.poll(newest, { timeout: 20_000 }).toBeGreaterThan(end + 3)
    expect(await query(doubled)).toEqual([])
    const seconds = await query('SELECT "timestamp" AS t FROM sensors GROUP BY "timestamp" ORDER BY t')
    expect((seconds.at(-1)?.t ?? 0) - (seconds[0]?.t ?? 0)).toBe(seconds.length - 1)
  })

  it('gives up on a table that is another one', async () => {
    await query('CREATE TABLE sensors (data bytea)')
    await expect(start().done).rejects.toThrow(RelationConflictError)
  })
})

describe('prune', { timeout: 60_000 }, () => {
  const run: Run = async (statement) => (await client.query(statement)).rows
  const now = 1_795_500_000

  beforeEach(async () => {
    await query(
      'CREATE TABLE sensors (id int, pm25 float8, pm10 float8, geo_lat float8, geo_lon float8, "timestamp" float8)',
    )
  })

  const insert = (times: readonly (number | 'NULL')[]) =>
    query(`INSERT INTO sensors VALUES ${times.map((t) => `(9001, 1, 2, 3, 4, ${t})`).join(', ')}`)
  const times = async () =>
    (await query('SELECT "timestamp" AS t FROM sensors ORDER BY "timestamp"')).map(({ t }) => t)

  it('deletes what is older than 15 minutes, whoever wrote it', async () => {
    await insert([now - 5000, now - 901, now - 899, now, now + 60])
    await query(`INSERT INTO sensors VALUES (9001, 1, 2, 3, 4, '-Infinity')`)
    await prune(run, 'sensors', now)
    expect(await times()).toEqual([now - 899, now, now + 60])
  })

  it('deletes the oldest where there are too many', async () => {
    await insert(Array.from({ length: 800 }, (_, i) => now - i))
    await prune(run, 'sensors', now, { maxRows: 100 })
    const left = await times()
    expect(left.length).toBeLessThanOrEqual(100)
    expect(left.length).toBeGreaterThan(80)
    expect(left).toEqual(Array.from({ length: left.length }, (_, i) => now - left.length + 1 + i))
  })

  it('deletes many rows in portions', async () => {
    const statements: string[] = []
    const runNoted: Run = (statement) => {
      statements.push(statement)
      return run(statement)
    }
    await query('CREATE TABLE tens (i int)')
    await query(`INSERT INTO tens VALUES ${Array.from({ length: 10 }, (_, i) => `(${i})`).join(', ')}`)
    await query(`INSERT INTO sensors SELECT 9001, 1, 2, 3, 4,
      ${now} - (a.i + 10 * b.i + 100 * c.i + 1000 * d.i + 10000 * e.i) * 0.01
      FROM tens a, tens b, tens c, tens d, tens e`)
    await prune(runNoted, 'sensors', now, { maxRows: 75_000 })
    expect(await count('sensors')).toBeGreaterThan(70_000)
    expect(await count('sensors')).toBeLessThanOrEqual(75_000)
    expect(statements.filter((statement) => statement.startsWith('DELETE'))).toHaveLength(3)
  })

  it('leaves rows without an age alone, however many', async () => {
    await insert(['NULL', 'NULL', now + 10, now + 10])
    await prune(run, 'sensors', now, { maxRows: 1 })
    expect(await count('sensors')).toBe(4)
  })
})
