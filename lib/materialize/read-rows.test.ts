import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TestEngine } from '../chaos/test-engine.ts'
import { findRelation } from './catalog.ts'
import { connect, disconnect, openPool } from './connect.ts'
import { identify } from './dialect.ts'
import { readRows } from './read-rows.ts'
import { setUpDemo } from './sql/set-up.ts'
import { storeReadings } from './store-readings.ts'

const ENGINE_MS = 30_000
const reading = { id: 1, pm25: 1.5, pm10: null, geo_lat: 48.78, geo_lon: 9.18, timestamp: 0 }

describe.each(['v0.26', 'v26.24.0'])('on %s', (version) => {
  let engine: TestEngine
  beforeAll(async () => {
    engine = await TestEngine.start(version, false)
    await engine.run(
      'CREATE TABLE many (n int, "a ""b" text)',
      "INSERT INTO many SELECT n, 'x' FROM generate_series(1, 2345) AS g(n)",
      'CREATE TABLE none (n int)',
    )
  }, ENGINE_MS)
  afterAll(() => engine.close())

  const read = async (name: string, enough = 1_000_000, signal = new AbortController().signal) => {
    const client = await connect(engine.url, { applicationName: 'test' })
    const { word } = await identify(client)
    const relation = await findRelation(client, 'materialize', { schema: 'public', name })
    await disconnect(client)
    return readRows({ url: engine.url, word, relation, enough, signal })
  }
  const all = async (pages: AsyncIterable<string[]>) => {
    const rows: string[] = []
    for await (const page of pages) rows.push(...page)
    return rows
  }

  test('a relation is read in pages, all of one time', async () => {
    const before = Date.now()
    const { timestamp, pages } = await read('many')
    expect(Math.abs(Number(timestamp) - before)).toBeLessThan(60_000)
    await engine.run("INSERT INTO many VALUES (0, 'late')")
    const rows = await all(pages)
    expect(rows).toHaveLength(2345)
    expect(rows[0]).toMatch(/^\{"n":\d+,"a \\"b":"x"\}$/)
    await engine.run('DELETE FROM many WHERE n = 0')
  })

  test('a relation without rows has a time all the same', async () => {
    const { timestamp, pages } = await read('none')
    expect(timestamp).toMatch(/^\d{13}$/)
    expect(await all(pages)).toEqual([])
  })

  test('the database sends no more rows than are of use', async () => {
    const { pages } = await read('many', 7)
    expect(await all(pages)).toHaveLength(1000)
  })

  test('who leaves ends the read, and its connection', async () => {
    const before = engine.connections
    const first = await read('many')
    await first.pages.return?.()
    const second = await read('many')
    for await (const _ of second.pages) break
    const leaving = new AbortController()
    const third = await read('many', 1_000_000, leaving.signal)
    leaving.abort()
    await expect(all(third.pages)).rejects.toThrow()
    await expect.poll(() => engine.connections).toBe(before)
  })

  test('readings are stored exactly', async () => {
    const pool = openPool(engine.url, { applicationName: 'test' })
    const client = await connect(engine.url, { applicationName: 'test' })
    await setUpDemo(client, (await identify(client)).word)
    await disconnect(client)
    const readings = [reading, { ...reading, id: -(2 ** 31), pm25: 5e-324, timestamp: 253402300799.9 }]
    await storeReadings(pool, readings)
    await pool.end()
    const rows = await all((await read('sensors')).pages)
    expect(rows.map((row) => JSON.parse(row)).sort((a, b) => b.id - a.id)).toEqual(readings)
  })
})
