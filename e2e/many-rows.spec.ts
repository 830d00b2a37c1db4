import { Client } from 'pg'
import { expect, test } from 'playwright/test'
import { openRelation } from './support/explorer.ts'
import { startTailboard, type Tailboard } from './support/tailboard.ts'

const ROWS = 100_000
const ALL = `Rows, ${ROWS.toLocaleString('en-US')}`
const TIMEOUT_MS = 120_000

let tailboard: Tailboard
test.beforeAll(async () => {
  test.setTimeout(300_000)
  tailboard = await startTailboard({ SENSORS: '0', HOST_METRICS: 'off' })
  const database = new Client({ connectionString: tailboard.databaseUrl })
  await database.connect()
  await database.query('CREATE TABLE many (id int, name text, v double precision)')
  await database.query(
    `INSERT INTO many SELECT n, 'row ' || n, sin(n / 1000.0) FROM generate_series(1, ${ROWS}) AS s(n)`,
  )
  await database.end()
})
test.afterAll(() => tailboard.stop())

test('while a hundred thousand rows come the page says how far it is, and answers to keys', async ({
  page,
}) => {
  test.setTimeout(TIMEOUT_MS * 2)
  // What the reader can see, also if it is there for a moment only.
  await page.addInitScript(() => {
    const seen = new Set<string>()
    Object.assign(globalThis, { seen })
    new MutationObserver(() => {
      const words = document
        .querySelector('[role=progressbar][aria-label=Rows]')
        ?.getAttribute('aria-valuetext')
      if (words) seen.add(words)
    }).observe(document, { subtree: true, childList: true, attributes: true })
  })
  await openRelation(page, tailboard.url, 'many')
  await page.getByRole('progressbar', { name: 'Rows' }).waitFor({ timeout: TIMEOUT_MS })
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')

  const table = page.getByRole('table', { name: ALL })
  await table.waitFor({ timeout: TIMEOUT_MS })
  await expect(page.getByRole('progressbar', { name: 'Rows' })).toHaveCount(0)
  await expect(table.getByRole('row').nth(1)).toContainText('row 1')
  const words = await page.evaluate(() => [...(globalThis as unknown as { seen: Set<string> }).seen])
  // Work that holds the page up is never seen half done.
  const halfDone = words.filter((one) => /(in order|over time): [\d,]+ of 100,000$/.test(one))
  expect(halfDone.length, words.join('; ')).toBeGreaterThanOrEqual(1)

  // Another order is made while the one before is still there.
  await table.getByRole('button', { name: /^name/ }).click()
  await expect(table.getByRole('columnheader', { name: /^name/ })).toHaveAttribute('aria-sort', 'ascending', {
    timeout: TIMEOUT_MS,
  })
  await expect(table.getByRole('row').nth(2)).toContainText('row 10')
})
