import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createParser } from 'eventsource-parser'
import { Client } from 'pg'
import { expect, type Page, test } from 'playwright/test'
import { expectRows, openLiveRelation, rowsOf } from './support/explorer.ts'
import { expectToMove, linesOf } from './support/page.ts'
import { startTailboard, type Tailboard } from './support/tailboard.ts'

let tailboard: Tailboard
let database: Client
test.beforeAll(async () => {
  test.setTimeout(240_000)
  tailboard = await startTailboard({ SENSORS: '0', HOST_METRICS: 'off' })
  database = new Client({ connectionString: tailboard.databaseUrl })
  await database.connect()
})
test.afterAll(async () => {
  await database.end()
  await tailboard.stop()
})

/** Makes a table of goods anew, with three rows. */
async function stock(name: string): Promise<void> {
  await database.query(`CREATE TABLE ${name} (id int, name text, price double precision, count bigint)`)
  await database.query(
    `INSERT INTO ${name} VALUES (1, 'apple', 1.5, 9007199254740993), (2, 'bread, "white"', 3.25, 2), (3, '=pear', 0.5, 3)`,
  )
}

const ROWS = [
  ['1', 'apple', '1.5', '9007199254740993'],
  ['2', 'bread, "white"', '3.25', '2'],
  ['3', '=pear', '0.5', '3'],
]

test('any relation is two clicks away', async ({ page }) => {
  await stock('near')
  await page.goto(tailboard.url)
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Relations' }).click()
  await page.getByRole('link', { name: 'near', exact: true }).click()
  await expectRows(page, ROWS)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('near')
})

test('a row that comes, changes or goes is seen to do so', async ({ page }) => {
  await stock('diffs')
  await openLiveRelation(page, tailboard.url, 'diffs')
  await expectRows(page, ROWS)

  await database.query("INSERT INTO diffs VALUES (4, 'plum', 2, 4)")
  const plum = rowsOf(page).filter({ hasText: 'plum' })
  await expect(plum).toHaveAttribute('data-mark', 'new')
  await expect(plum).toContainText('+')
  await expect(plum).not.toHaveAttribute('data-mark')

  await database.query('UPDATE diffs SET price = 9.75 WHERE id = 1')
  const apple = rowsOf(page).filter({ hasText: 'apple' })
  await expect(apple).toHaveAttribute('data-mark', 'changed')
  await expect(apple.locator('[data-changed]')).toHaveText('9.75')

  await database.query('DELETE FROM diffs WHERE id = 2')
  const bread = rowsOf(page).filter({ hasText: 'bread' })
  await expect(bread).toHaveAttribute('data-mark', 'gone')
  await expect(bread).toHaveCSS('text-decoration-line', 'line-through')
  await expect(bread).toHaveCount(0)

  await database.query("INSERT INTO diffs VALUES (4, 'plum', 2, 4)")
  await expect(plum).toContainText('×2')
})

test('numbers are drawn over time', async ({ page }) => {
  await stock('drawn')
  await openLiveRelation(page, tailboard.url, 'drawn')
  await expect(linesOf(page, 'price over time')).toHaveCount(3)
  // Few lines have their names and newest values beneath.
  const names = page.getByRole('list', { name: 'Lines' }).getByRole('listitem')
  await expect(names).toHaveText(['11.5', '23.25', '30.5'])
  await database.query('UPDATE drawn SET price = price + 1')
  await expectToMove(page, 'price over time')
  await page.getByRole('button', { name: 'What is drawn' }).click()
  await page.getByRole('checkbox', { name: 'count' }).click()
  await page.getByRole('checkbox', { name: 'price' }).click()
  await expect(linesOf(page, 'count over time')).toHaveCount(3)
  await expect(page).toHaveURL(/values=count/)
})

test('a number that is a time can be read as one', async ({ page }) => {
  await database.query('CREATE TABLE timed (id int, v double precision, ts double precision)')
  await database.query('INSERT INTO timed VALUES (1, 10.333333333333334, 1795517600)')
  await openLiveRelation(page, tailboard.url, 'timed')
  const cells = rowsOf(page).first().getByRole('cell')
  await expect(cells.last()).toContainText(/^1795517600.*\d:\d\d:\d\d/)
  // A tail of digits is cut, and there all the same.
  await expect(cells.nth(2)).toHaveText('10.33333333')
  await expect(cells.nth(2)).toHaveAttribute('title', '10.333333333333334')
})

test('filters and columns are those of the stream, and in the address', async ({ page }) => {
  await stock('filtered')
  await openLiveRelation(page, tailboard.url, 'filtered')
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('combobox', { name: 'Column' }).click()
  await page.getByRole('option', { name: 'price' }).click()
  await page.getByRole('combobox', { name: 'Comparison' }).click()
  await page.getByRole('option', { name: 'is at least', exact: true }).click()
  await page.getByRole('textbox', { name: 'Value' }).fill('cheap')
  await page.getByRole('button', { name: 'Add filter' }).click()
  await expect(page.getByText('Write a number')).toBeVisible()
  await page.getByRole('textbox', { name: 'Value' }).fill('1')
  await page.getByRole('button', { name: 'Add filter' }).click()
  await expectRows(page, ROWS.slice(0, 2))
  await expect(page.getByTestId('curl')).toContainText('price=gte.1')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('checkbox', { name: 'name', exact: true }).click()
  await page.keyboard.press('Escape')
  await expectRows(
    page,
    ROWS.slice(0, 2).map(([id = '', , price = '', count = '']) => [id, price, count]),
  )
  // Whoever is sent the address sees the same.
  await page.reload()
  await expectRows(
    page,
    ROWS.slice(0, 2).map(([id = '', , price = '', count = '']) => [id, price, count]),
  )
  await database.query('UPDATE filtered SET price = 0.25 WHERE id = 1')
  await expectRows(page, [['2', '3.25', '2']])
})

test('the line for a terminal, run by a shell, gives the same rows', async ({ page }) => {
  await database.query('CREATE SCHEMA "o\'dd"')
  await database.query('CREATE TABLE "o\'dd"."it\'s $HOME/a ""b"" é" (id int, "a,b" text)')
  await database.query(`INSERT INTO "o'dd"."it's $HOME/a ""b"" é" VALUES (1, 'x y'), (2, 'z'), (3, NULL)`)
  const search = `?where=${encodeURIComponent(new URLSearchParams({ 'a,b': 'neq.z' }).toString())}`
  await openLiveRelation(page, tailboard.url, `o'dd.it's $HOME/a "b" é`, search)
  await expectRows(page, [['1', 'x y']])
  const line = (await page.getByTestId('curl').textContent()) ?? ''
  expect(await rowsFrom(line)).toEqual([{ id: 1, 'a,b': 'x y' }])
})

/** The rows of the snapshot that a line of a shell prints. */
async function rowsFrom(line: string): Promise<unknown[]> {
  const shell = spawn('sh', ['-c', `exec ${line}`], { stdio: ['ignore', 'pipe', 'ignore'] })
  const rows: unknown[] = []
  let isWhole = false
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event !== 'snapshot') return
      const { rows: some, part, parts } = JSON.parse(data)
      rows.push(...some)
      isWhole = part === parts
    },
  })
  for await (const text of shell.stdout.setEncoding('utf8')) {
    parser.feed(text)
    if (isWhole) break
  }
  shell.kill()
  return rows
}

test('the file of comma-separated values has all rows, exactly', async ({ page }) => {
  await database.query('CREATE TABLE many (id int, name text, exact bigint)')
  await database.query(
    `INSERT INTO many SELECT g, 'row "' || g || '", said', 9007199254740993 + g FROM generate_series(1, 2500) g`,
  )
  await openLiveRelation(page, tailboard.url, 'many')
  await expect(page.getByRole('table', { name: 'Rows, 2,500' })).toBeVisible()
  // Only those in view are drawn, but all are saved.
  expect(await rowsOf(page).count()).toBeLessThan(100)
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV' }).click()
  const download = await saved
  expect(download.suggestedFilename()).toMatch(/^many .*\.csv$/)
  const lines = (await readFile(await download.path(), 'utf8')).split('\r\n')
  const expected = Array.from({ length: 2500 }, (_, index) => {
    const id = index + 1
    return `${id},"row ""${id}"", said",${9007199254740993n + BigInt(id)}`
  })
  expect(lines).toEqual(['id,name,exact', ...expected, ''])
})

test('a table that is paused stands still and counts what comes', async ({ page }) => {
  await stock('paused')
  await openLiveRelation(page, tailboard.url, 'paused')
  await expectRows(page, ROWS)
  const rows = page.getByRole('button', { name: 'Pause' }).first()
  await rows.click()
  await database.query("INSERT INTO paused VALUES (4, 'plum', 2, 4), (5, 'fig', 2, 5)")
  await database.query('DELETE FROM paused WHERE id = 1')
  await expect(page.getByText('meanwhile +2 −1 rows')).toBeVisible()
  await expectRows(page, ROWS)
  await page.getByRole('button', { name: 'Go on' }).click()
  await expectRows(page, [...ROWS.slice(1), ['4', 'plum', '2', '4'], ['5', 'fig', '2', '5']])
})

test('the events of the stream can be inspected, as they were sent', async ({ page }) => {
  await stock('inspected')
  await openLiveRelation(page, tailboard.url, 'inspected')
  const events = page.getByRole('region', { name: 'Events' })
  await expect(eventsOf(events, 'snapshot')).toHaveCount(1)
  await eventsOf(events, 'snapshot').getByRole('button').click()
  await expect(events.locator('pre')).toContainText('"count": "9007199254740993"')
  await database.query("INSERT INTO inspected VALUES (4, 'plum', 2, 4)")
  await eventsOf(events, 'update').first().getByRole('button').click()
  await expect(events.locator('pre').first()).toContainText('"diff": 1')
  await expect(eventsOf(events, 'heartbeat').first()).toBeVisible()
  // All this came over the one connection of the page.
  const facts = await (await fetch(`${tailboard.url}/api/relations/inspected`)).json()
  expect(facts.clients).toBe(1)
})

const eventsOf = (events: ReturnType<Page['getByRole']>, kind: string) =>
  events.locator(`[data-kind=${kind}]`)

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1280, 1920]) {
    test(`nothing overflows at ${width} pixels, ${colorScheme}`, async ({ page }) => {
      if (width === 390 && colorScheme === 'light') await stock('shown')
      await database.query(
        'CREATE TABLE IF NOT EXISTS shown (id int, name text, price double precision, count bigint)',
      )
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 900 })
      for (const path of ['/relations', '/relations/shown']) {
        await page.goto(`${tailboard.url}${path}`)
        await expect(page.getByText('bigint').or(page.getByText('id, name')).first()).toBeAttached()
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(overflow).toBeLessThanOrEqual(0)
        const name = path.slice(1).replace('/', '-')
        await page.screenshot({ path: `test-results/${name}-${width}-${colorScheme}.png`, fullPage: true })
      }
    })
  }
}
