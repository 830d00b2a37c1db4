import type { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer } from '../../engine/server.ts'
import { connect } from '../connect.ts'
import { identify } from '../dialect.ts'
import { demoRelations } from './demo.ts'
import { RelationConflictError, setUpDemo } from './set-up.ts'

describe.each(['v0.26', 'v26.24.0'])('setUpDemo on %s', { timeout: 60_000 }, (version) => {
  let server: Awaited<ReturnType<typeof startServer>>
  let client: Client
  const open = () =>
    connect(`postgres://materialize@127.0.0.1:${server.port}/materialize`, { applicationName: 'test' })

  beforeAll(async () => {
    server = await startServer({ version })
    client = await open()
  }, 60_000)

  afterAll(async () => {
    await client.end()
    await server.close()
  })

  const ids = async () => {
    const { rows } = await client.query("SELECT id, name FROM mz_catalog.mz_relations WHERE id LIKE 'u%'")
    return rows.map(({ id, name }) => `${name} ${id}`).sort()
  }

  it('creates what is missing, with the columns that it promises', async () => {
    const { word } = await identify(client)
    expect(word).toBe(version === 'v0.26' ? 'TAIL' : 'SUBSCRIBE')
    // At once, as two launchers would.
    const other = await open()
    await Promise.all([setUpDemo(client, word), setUpDemo(other, word)])
    await other.end()
    for (const { name, columns } of demoRelations(word)) {
      const { rows } = await client.query(`SHOW COLUMNS FROM ${name}`)
      expect(
        rows.map((column) => ({ name: column.name, type: column.type })),
        name,
      ).toEqual(columns)
    }
  })

  it('leaves what is there', async () => {
    const { word } = await identify(client)
    const before = await ids()
    await setUpDemo(client, word)
    expect(await ids()).toEqual(before)
    await client.query('DROP VIEW sensors_data CASCADE')
    await setUpDemo(client, word)
    const after = await ids()
    expect(after.length).toBe(before.length)
    expect(after.filter((id) => id.startsWith('sensors u'))).toEqual(
      before.filter((id) => id.startsWith('sensors u')),
    )
  })

  it('counts and averages by second and over the latest', async () => {
    const now = Math.floor(Date.now() / 1000)
    await client.query(
      `INSERT INTO sensors VALUES (1, 9, 12, 48.7, 9.1, ${now - 1}), (1, 10, 20, 48.7, 9.1, ${now}.25), (2, 40, NULL, 48.7, 9.1, ${now}.75)`,
    )
    const { rows: seconds } = await client.query('SELECT * FROM air_quality_1s ORDER BY second')
    expect(seconds).toEqual([
      {
        second: now - 1,
        readings: 1,
        pm25_min: 9,
        pm25_mean: 9,
        pm25_max: 9,
        pm10_min: 12,
        pm10_mean: 12,
        pm10_max: 12,
      },
      {
        second: now,
        readings: 2,
        pm25_min: 10,
        pm25_mean: 25,
        pm25_max: 40,
        pm10_min: 20,
        pm10_mean: 20,
        pm10_max: 20,
      },
    ])
    const { rows: summary } = await client.query('SELECT * FROM air_quality_summary')
    expect(summary).toEqual([
      {
        sensors: 2,
        pm25_mean: 25,
        pm25_max: 40,
        pm10_mean: 20,
        pm10_max: 20,
        good: 0,
        moderate: 1,
        unhealthy_for_sensitive_groups: 1,
        unhealthy: 0,
        very_unhealthy: 0,
        hazardous: 0,
      },
    ])
  })

  it('says what is in the way', async () => {
    const { word } = await identify(client)
    await client.query('DROP TABLE host_metrics')
    await client.query('CREATE TABLE host_metrics (host int, load_1m text)')
    await expect(setUpDemo(client, word)).rejects.toThrow(RelationConflictError)
    await expect(setUpDemo(client, word)).rejects.toThrow(
      /^The database has another host_metrics: it should have the columns host text, .*, and has host integer, load_1m text\. Rename it/,
    )
  })
})
