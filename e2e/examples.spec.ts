import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { expect, test } from 'playwright/test'
import { freePort, startTailboard, type Tailboard } from './support/tailboard.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

let tailboard: Tailboard
let database: Client
let pagePort: number
const running: ChildProcess[] = []

test.beforeAll(async () => {
  test.setTimeout(240_000)
  pagePort = await freePort()
  tailboard = await startTailboard({
    SENSORS: '0',
    HOST_METRICS: 'off',
    ALLOWED_ORIGINS: `http://127.0.0.1:${pagePort}`,
  })
  database = new Client({ connectionString: tailboard.databaseUrl })
  await database.connect()
  await database.query('CREATE TABLE shown (n int, words text)')
  await database.query(`INSERT INTO shown VALUES (1, 'one ✓'), (1, 'one ✓')`)
})
test.afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  await database.query('DELETE FROM shown WHERE n > 1')
})
test.afterAll(async () => {
  await database.end()
  await tailboard.stop()
})

/** Runs an example as its first lines say. `output` is all that it has printed so far. */
function run(command: string, args: readonly string[]) {
  const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  running.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  return { child, output: () => output }
}

const tsx = (file: string, ...args: string[]) => run(process.execPath, ['--import', 'tsx', file, ...args])
const insert = (n: number, words: string) => database.query('INSERT INTO shown VALUES ($1, $2)', [n, words])
const ONE = `{"n":1,"words":"one ✓"}\n`

test('examples/node/follow.ts prints the rows, and again when they change', async () => {
  const { child, output } = tsx('examples/node/follow.ts', tailboard.url, 'shown', 'n=lt.3')
  await expect.poll(output).toMatch(new RegExp(`Z  2 rows\n${ONE}${ONE}$`))
  await insert(3, 'beyond the filter')
  await insert(2, 'two')
  await expect.poll(output).toMatch(/Z {2}3 rows\n(.*\n)*\{"n":2,"words":"two"\}\n$/)
  expect(output()).not.toContain('beyond')
  const exited = once(child, 'exit')
  child.kill('SIGINT')
  expect(await exited).toEqual([0, null])
})

test('examples/node/follow.ts says in the words of the server what cannot be had', async () => {
  const { child, output } = tsx('examples/node/follow.ts', tailboard.url, 'not_there')
  expect(await once(child, 'exit')).toEqual([1, null])
  expect(output()).toMatch(/^missing: .*not_there/)
})

test('examples/node/subscribe.ts goes on where it was when it is started again', async () => {
  const file = join(tmpdir(), `tailboard-last-id-${process.pid}`)
  const start = () => tsx('examples/node/subscribe.ts', tailboard.url, 'shown', file)
  const first = start()
  await expect.poll(first.output).toContain(`all rows anew\n+1 ${ONE}+1 ${ONE}`)
  const exited = once(first.child, 'exit')
  first.child.kill('SIGINT')
  await exited
  await insert(4, 'meanwhile')
  const second = start()
  await expect.poll(second.output).toContain(`+1 {"n":4,"words":"meanwhile"}\n`)
  expect(second.output()).not.toContain('all rows anew')
  await rm(file)
})

test('examples/python/watch.py prints the rows, and again when they change', async () => {
  test.skip(spawnSync('python3', ['--version']).status !== 0, 'there is no python3 on the PATH')
  const { output } = run('python3', ['examples/python/watch.py', tailboard.url, 'shown', 'n=lt.3'])
  const one = '{"n": 1, "words": "one ✓"}\n'
  await expect.poll(output).toBe(`2 rows\n${one}${one}`)
  await insert(3, 'beyond the filter')
  await insert(2, 'two')
  await expect.poll(output).toContain('3 rows\n')
  await expect.poll(output).toContain('{"n": 2, "words": "two"}\n')
  await database.query('DELETE FROM shown WHERE n = 2')
  await expect.poll(output).toMatch(new RegExp(`2 rows\n${one}${one}$`))
  expect(output()).not.toContain('beyond')
})

test('examples/python/watch.py says in the words of the server what cannot be had', async () => {
  test.skip(spawnSync('python3', ['--version']).status !== 0, 'there is no python3 on the PATH')
  const { child, output } = run('python3', ['examples/python/watch.py', tailboard.url, 'not_there'])
  expect(await once(child, 'exit')).toEqual([1, null])
  expect(output()).toContain('not_there')
})

test('examples/browser shows the rows in a page of another origin', async ({ page }) => {
  const { output } = run(process.execPath, ['examples/browser/serve.js', String(pagePort)])
  await expect.poll(output).toContain(`http://127.0.0.1:${pagePort}`)
  await page.goto(
    `http://127.0.0.1:${pagePort}/?${new URLSearchParams({ server: tailboard.url, relation: 'shown' })}`,
  )
  const cells = page.locator('tbody td')
  await expect(page.getByRole('status')).toHaveText('live')
  await expect(page.locator('th')).toHaveText(['n', 'words'])
  await expect(cells).toHaveText(['1', 'one ✓', '1', 'one ✓'])
  await insert(2, '<b>two</b>')
  await expect(cells).toHaveText(['1', 'one ✓', '1', 'one ✓', '2', '<b>two</b>'])
  await database.query('DELETE FROM shown WHERE n = 2')
  await expect(cells).toHaveText(['1', 'one ✓', '1', 'one ✓'])
})
