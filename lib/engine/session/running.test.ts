import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { startServer } from '../server.ts'

type Engine = Awaited<ReturnType<typeof startServer>>
let older: Engine
let later: Engine
const clients: Client[] = []
beforeAll(async () => {
  ;[older, later] = await Promise.all([
    startServer({ version: 'v0.26' }),
    startServer({ version: 'v26.24.0' }),
  ])
  for (const engine of [older, later]) await (await connect(engine)).query('CREATE TABLE t (a int)')
}, 60_000)
afterEach(async () => {
  for (const client of clients.splice(0)) await client.end()
})
afterAll(async () => {
  for (const engine of [older, later]) await engine.close()
})

async function connect({ port }: Engine): Promise<Client> {
  const client = new Client({ host: '127.0.0.1', port, user: 'materialize', database: 'materialize' })
  await client.connect()
  clients.push(client)
  return client
}

/** Rows as arrays, all of them texts. */
const rows = async (client: Client, sql: string): Promise<unknown[]> =>
  (await client.query({ text: sql, rowMode: 'array' })).rows

const DATAFLOWS = 'SELECT name FROM mz_dataflow_names ORDER BY id'

test('a TAIL is a dataflow with one for each table beneath, from its first FETCH until its client is gone', async () => {
  const [watcher, reader] = [await connect(older), await connect(older)]
  await watcher.query('CREATE VIEW v AS SELECT a FROM t WHERE a > 1')
  await reader.query('BEGIN')
  await reader.query('DECLARE c CURSOR FOR TAIL v')
  expect(await rows(watcher, DATAFLOWS)).toEqual([])
  await reader.query('FETCH 0 c')
  expect(await rows(watcher, DATAFLOWS)).toEqual([
    [expect.stringMatching(/^Dataflow: tail-u\d+$/)],
    [expect.stringMatching(/^Source dataflow: SourceDataflow\([0-9a-f-]{36}, User\(1\)\)$/)],
  ])
  await reader.end()
  await vi.waitFor(async () => expect(await rows(watcher, DATAFLOWS)).toEqual([]))
})

test('a session and its subscription name each other, and what is subscribed to', async () => {
  const [watcher, reader] = [await connect(later), await connect(later)]
  await reader.query('BEGIN')
  await reader.query('DECLARE c CURSOR FOR SUBSCRIBE (SELECT count(*) FROM t)')
  await reader.query('FETCH 0 c')
  const found = await watcher.query(`
    SELECT s.connection_id, s.client_ip, u.id, u.referenced_object_ids
    FROM mz_internal.mz_subscriptions u JOIN mz_internal.mz_sessions s ON s.id = u.session_id`)
  const { processID } = reader as unknown as { processID: number }
  const of = { id: expect.stringMatching(/^t\d+$/), referenced_object_ids: '{u1}' }
  expect(found.rows).toEqual([{ connection_id: `${processID}`, client_ip: '127.0.0.1', ...of }])
})

test('CLOSE leaves a subscription to its transaction, COMMIT ends it', async () => {
  const [watcher, reader] = [await connect(later), await connect(later)]
  const count = async () => (await rows(watcher, 'SELECT id FROM mz_internal.mz_subscriptions')).length
  for (const sql of ['BEGIN', 'DECLARE c CURSOR FOR SUBSCRIBE t', 'FETCH 0 c', 'CLOSE c']) {
    await reader.query(sql)
  }
  expect(await count()).toBe(1)
  await reader.query('COMMIT')
  expect(await count()).toBe(0)
})

test('what runs is not to be followed', async () => {
  const client = await connect(later)
  await client.query('BEGIN')
  await expect(client.query('DECLARE c CURSOR FOR SUBSCRIBE mz_internal.mz_sessions')).rejects.toThrow(
    'a subscription to what runs is not supported by the embedded engine',
  )
})
