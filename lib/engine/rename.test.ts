import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Values } from './change.ts'
import { Database } from './database.ts'
import { readDataRow, readMessages } from './frames.ts'
import type { Message } from './subscription.ts'
import { parseVersion } from './version.ts'

let database: Database

beforeEach(async () => {
  const version = parseVersion('v26.24.0')
  if (!version) throw new TypeError('no version')
  database = await Database.open({ version, tickMs: 0 })
  await run('CREATE TABLE t (a int)')
  await run('CREATE VIEW v AS SELECT a, count(*) AS n FROM t GROUP BY a')
  await run('CREATE MATERIALIZED VIEW m AS SELECT a FROM v WHERE n > 1')
})
afterEach(() => database.close())

async function run(sql: string): Promise<Values[]> {
  const [bytes] = await database.run([{ sql }])
  return [...readMessages(bytes ?? new Uint8Array())].flatMap(({ type, body }) =>
    type === 'D' ? [readDataRow(body)] : [],
  )
}

async function follow(relation: string) {
  return database.subscribe(await database.plan({ relation: [relation] }), { snapshot: true })
}

const rowsOf = (messages: readonly Message[]) =>
  messages.flatMap((message) => (message.progress ? [] : [[message.diff, ...message.values]]))

const ids = () => run("SELECT id, name FROM mz_objects WHERE id LIKE 'u%' ORDER BY 1")

test('a renamed table keeps its id, and what is made of it goes on', async () => {
  const before = (await ids()).map(([id]) => id)
  await run('ALTER TABLE t RENAME TO "T 2"')
  await run('INSERT INTO "T 2" VALUES (7), (7)')
  expect((await ids()).map(([id]) => id)).toEqual(before)
  expect(await run('SELECT * FROM m')).toEqual([['7']])
  const subscription = await follow('m')
  await run('DELETE FROM "T 2"')
  expect(rowsOf(subscription.take())).toEqual([
    [1, '7'],
    [-1, '7'],
  ])
  subscription.close()
})

test('a view that is being subscribed to may have another name', async () => {
  const subscription = await follow('v')
  await run('ALTER VIEW v RENAME TO w')
  await run('INSERT INTO t VALUES (1)')
  expect(rowsOf(subscription.take())).toEqual([[1, '1', '1']])
  expect(await run('SELECT * FROM w')).toEqual([['1', '1']])
  subscription.close()
})

test('a table beneath a subscription keeps its name', async () => {
  const subscription = await follow('m')
  await expect(run('ALTER TABLE t RENAME TO z')).rejects.toThrow(/not supported by the embedded engine/)
  await run('INSERT INTO t VALUES (1), (1)')
  expect(rowsOf(subscription.take())).toEqual([[1, '1']])
  subscription.close()
})

test.each([
  ['ALTER TABLE t RENAME TO v', "catalog item 'v' already exists"],
  ['ALTER VIEW t RENAME TO z', 't is a table not a view'],
  ['ALTER TABLE nosuch RENAME TO z', "unknown catalog item 'nosuch'"],
])('refuses %s', async (sql, message) => {
  await expect(run(sql)).rejects.toThrow(message)
  expect((await ids()).map(([, name]) => name)).toEqual(['t', 'v', 'm'])
})
