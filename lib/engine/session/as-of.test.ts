import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer } from '../server.ts'

let engine: Awaited<ReturnType<typeof startServer>>
let client: Client

beforeAll(async () => {
  engine = await startServer({ port: 0, version: 'v26.24' })
  client = new Client({ host: '127.0.0.1', port: engine.port, user: 'materialize', database: 'materialize' })
  await client.connect()
  await client.query('CREATE TABLE older (a int)')
  await client.query('INSERT INTO older VALUES (1)')
  await client.query('CREATE TABLE newer (a int)')
  await client.query('INSERT INTO newer VALUES (2)')
}, 30_000)
afterAll(async () => {
  await client.end()
  await engine.close()
})

const BOTH = 'SELECT older.a + newer.a AS sum FROM older, newer'

test('AT LEAST reads at the earliest time that all its relations can tell', async () => {
  const read = (sql: string) => client.query(sql).then(({ rows }) => rows)
  expect(await read('SELECT a FROM older AS OF AT LEAST 5')).toEqual([])
  expect(await read('SELECT a FROM newer AS OF AT LEAST 5')).toEqual([])
  expect(await read(`${BOTH} AS OF AT LEAST 5`)).toEqual([])
  const now = Date.now()
  expect(await read(`${BOTH} AS OF AT LEAST ${now}`)).toEqual([{ sum: 3 }])
  await expect(read(`${BOTH} AS OF 5`)).rejects.toMatchObject({ code: '22000' })
})

test('a subscription to several relations begins AT LEAST there as well', async () => {
  await client.query('BEGIN')
  await client.query(`DECLARE c CURSOR FOR SUBSCRIBE (${BOTH}) AS OF AT LEAST 5`)
  const { rows } = await client.query('FETCH 1 c')
  expect(rows).toMatchObject([{ mz_diff: '1', sum: 3 }])
  await client.query('COMMIT')
})
