import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Database } from './database.ts'
import { readDataRow, readMessages } from './frames.ts'
import { StorageError } from './storage.ts'
import { parseVersion } from './version.ts'

const version = parseVersion('v0.26') as NonNullable<ReturnType<typeof parseVersion>>
const later = parseVersion('v26.24') as typeof version

let folder: string
let dataDir: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tailboard-'))
  dataDir = join(folder, 'data')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const open = (options: Partial<Parameters<typeof Database.open>[0]> = {}) =>
  Database.open({ dataDir, version, tickMs: 0, ...options })

async function run(database: Database, sql: string): Promise<(readonly (string | null)[])[]> {
  const [bytes] = await database.run([{ sql }])
  return [...readMessages(bytes ?? new Uint8Array())].flatMap(({ type, body }) =>
    type === 'D' ? [readDataRow(body)] : [],
  )
}

/** A process that opens the folder, inserts 1, 2, 3 ... and says so after each acknowledgement. */
function startWriter(): ChildProcess {
  const script = `
    import { Database } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'database.ts')).href)}
    const database = await Database.open({ dataDir: ${JSON.stringify(dataDir)}, version: ${JSON.stringify(version)} })
    await database.run([{ sql: 'CREATE TABLE t (a int)' }])
    await database.run([{ sql: 'CREATE MATERIALIZED VIEW v AS SELECT a % 10 AS k, count(*) AS n FROM t GROUP BY a % 10' }])
    const t = await database.subscribe(await database.plan({ relation: ['t'] }), { snapshot: false })
    for (let i = 1; ; i++) {
      await database.run([{ sql: 'INSERT INTO t VALUES (' + i + ')' }])
      const { timestamp } = t.take().findLast(({ progress }) => !progress)
      console.log(JSON.stringify({ i, timestamp: String(timestamp), identity: database.identity }))
      if (i % 20 === 0) await new Promise((resolve) => setImmediate(resolve))
    }`
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: join(import.meta.dirname, '../..'),
  })
}

test('a killed engine comes back with every committed row, its ids, its identity and a clock that goes on', async () => {
  const writer = startWriter()
  let last = { i: 0, timestamp: '0', identity: '' }
  if (!writer.stdout) throw new TypeError('no output')
  for await (const line of createInterface(writer.stdout)) {
    last = JSON.parse(line)
    if (last.i === 100) await expect(open()).rejects.toThrow(StorageError)
    if (last.i >= 300) writer.kill('SIGKILL')
  }
  if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit')
  // As if the wall clock had been set back.
  const database = await open({ now: () => 1000 })
  try {
    const [[count, largest] = []] = await run(database, 'SELECT count(*), max(a) FROM t')
    expect(Number(count)).toBeGreaterThanOrEqual(last.i)
    expect(count).toBe(largest)
    expect(database.identity).toBe(last.identity)
    expect(await run(database, 'SELECT id, name FROM mz_relations ORDER BY id')).toEqual([
      ['u1', 't'],
      ['u2', 'v'],
    ])
    await run(database, 'DROP VIEW v')
    await run(database, 'CREATE VIEW v AS SELECT a FROM t')
    expect(await run(database, `SELECT id FROM mz_relations WHERE name = 'v'`)).toEqual([['u4']])
    const subscription = await database.subscribe(await database.plan({ relation: ['v'] }), {
      snapshot: true,
    })
    expect(subscription.size).toBe(Number(count) + 1)
    await run(database, 'INSERT INTO t VALUES (0)')
    const written = subscription.take().at(-2)
    expect(written).toMatchObject({ diff: 1, values: ['0'] })
    expect(written?.timestamp).toBeGreaterThan(BigInt(last.timestamp))
  } finally {
    await database.close()
  }
}, 60_000)

test('rows that expired while the engine was down are not in its views', async () => {
  let now = 1000
  const first = await open({ now: () => now })
  await run(first, 'CREATE TABLE t (a int, at int8)')
  await run(first, 'CREATE MATERIALIZED VIEW v AS SELECT a FROM t WHERE mz_logical_timestamp() < at')
  await run(first, 'INSERT INTO t VALUES (1, 5000), (2, 9000)')
  await first.close()
  now = 6000
  const second = await open({ now: () => now })
  const subscription = await second.subscribe(await second.plan({ relation: ['v'] }), { snapshot: true })
  expect(subscription.take().filter(({ progress }) => !progress)).toMatchObject([{ values: ['2'] }])
  now = 10_000
  await second.tick()
  expect(subscription.take()).toMatchObject([
    { timestamp: 9000n, diff: -1, values: ['2'] },
    { progress: true },
  ])
  await second.close()
}, 30_000)

test('a folder of something else, or of the other era, is refused and left alone', async () => {
  await writeFile(join(folder, 'letter.txt'), 'dear')
  await expect(open({ dataDir: folder })).rejects.toThrow('neither empty nor a data folder')
  expect(await readdir(folder)).toEqual(['letter.txt'])
  await (await open()).close()
  await expect(open({ version: later })).rejects.toThrow('v0.26 or older')
  await (await open()).close()
}, 60_000)
