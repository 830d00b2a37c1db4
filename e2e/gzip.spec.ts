import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { expect, type Page, test } from 'playwright/test'
import { openStream } from './support/stream.ts'
import { startTailboard, type Tailboard } from './support/tailboard.ts'

const READER = fileURLToPath(new URL('./support/read_gzip_stream.py', import.meta.url))
const ROUNDS = 10

let tailboard: Tailboard
let database: Client
test.beforeAll(async () => {
  test.setTimeout(240_000)
  tailboard = await startTailboard({ SENSORS: '0', HOST_METRICS: 'off' })
  database = new Client({ connectionString: tailboard.databaseUrl })
  // It may end before we do: a test shuts Tailboard down.
  database.on('error', () => {})
  await database.connect()
  await database.query('CREATE TABLE paced (n int, words text)')
  await database.query(`INSERT INTO paced VALUES (0, 'here before')`)
})
test.afterAll(async () => {
  await database.end()
  await tailboard.stop()
})

test('the very first client is served gzip', async () => {
  const { response, close } = await openStream(`${tailboard.url}/api/stream?relation=paced`, {
    'Accept-Encoding': 'gzip',
  })
  expect(response.headers.get('content-encoding')).toBe('gzip')
  close()
})

test('an EventSource of a browser is served gzip, and each event arrives before the next is written', async ({
  page,
}) => {
  await page.goto(`${tailboard.url}/api/health/live`)
  const responded = page.waitForResponse((response) => response.url().includes('/api/stream'))
  await foldInPage(page, '/api/stream?relation=paced')
  expect(await (await responded).allHeaders()).toMatchObject({
    'content-encoding': 'gzip',
    'content-type': 'text/event-stream; charset=utf-8',
  })
  await expect.poll(() => rowsIn(page)).toEqual(await rowsOf(database))
  for (let n = 1; n <= ROUNDS; n++) {
    await database.query(
      `INSERT INTO paced VALUES (${n}, 'größer als ${n - 1} ✓'), (${n}, 'twice'), (${n}, 'twice')`,
    )
    await expect.poll(() => rowsIn(page)).toEqual(await rowsOf(database))
  }
  await database.query(`UPDATE paced SET words = 'changed' WHERE n > 5`)
  await database.query('DELETE FROM paced WHERE n <= 3')
  await expect.poll(() => rowsIn(page)).toEqual(await rowsOf(database))
})

test("Python's own gzip reads each event as it comes, and the end as a true end", async () => {
  test.skip(spawnSync('python3', ['--version']).status !== 0, 'there is no python3 on the PATH')
  const python = spawn('python3', [READER, `${tailboard.url}/api/stream?relation=paced&columns=words`])
  let output = ''
  for (const stream of [python.stdout, python.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const exited = once(python, 'exit')
  await expect.poll(() => output).toContain('event: snapshot')
  for (let n = 1; n <= ROUNDS; n++) {
    await database.query(`INSERT INTO paced VALUES (${n}, 'for Python, Nº ${n}')`)
    await expect.poll(() => output).toContain(`"for Python, Nº ${n}"`)
  }
  expect(python.exitCode).toBeNull()
  process.kill(tailboard.pid, 'SIGTERM')
  expect(await exited, output).toEqual([0, null])
  expect(output).toMatch(/\nevent: bye\ndata: .*\n\nthe end, checked\n$/)
})

declare global {
  /** How many there are of each row, as JSON. */
  var counts: Map<string, number>
}

/** Reads a stream as docs/stream.md says, with what the browser has. */
async function foldInPage(page: Page, url: string): Promise<void> {
  await page.evaluate((path) => {
    globalThis.counts = new Map()
    const add = (row: unknown, diff: number) => {
      const key = JSON.stringify(row)
      globalThis.counts.set(key, (globalThis.counts.get(key) ?? 0) + diff)
    }
    const source = new EventSource(path)
    source.addEventListener('snapshot', ({ data }) => {
      globalThis.counts.clear()
      for (const row of JSON.parse(data).rows) add(row, 1)
    })
    source.addEventListener('update', ({ data }) => {
      for (const { row, diff } of JSON.parse(data).updates) add(row, diff)
    })
  }, url)
}

const rowsIn = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...globalThis.counts].flatMap(([row, count]) => new Array<string>(count).fill(row)).sort(),
  )

async function rowsOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ n: number; words: string }>('SELECT n, words FROM paced')
  return rows.map(({ n, words }) => JSON.stringify({ n, words })).sort()
}
