import { expect, test } from 'playwright/test'
import { figureOf, rangeOf } from './support/charts.ts'
import { fedTailboardForTests } from './support/for-tests.ts'
import { openDashboard } from './support/page.ts'

const PM25 = 'PM2.5 over time'

const { tailboard, database } = fedTailboardForTests({ SENSORS: '0', HOST_METRICS: 'off' })

test.beforeEach(() =>
  database.query('INSERT INTO sensors VALUES (1, 12, 20, 48.7, 9.1, extract(epoch from now()))'),
)

test('the right edge goes on with the clock although nothing changes', async ({ page }) => {
  await openDashboard(page, `${tailboard.url}/?window=30s`)
  const dot = figureOf(page, PM25).locator('svg > circle').first()
  await expect(dot).toBeVisible()
  const { toS } = await rangeOf(page, PM25)
  const x = Number(await dot.getAttribute('cx'))
  await expect.poll(async () => (await rangeOf(page, PM25)).toS).toBeGreaterThan(toS + 3)
  expect(Number(await dot.getAttribute('cx'))).toBeLessThan(x - 10)
  expect(Math.abs((await rangeOf(page, PM25)).toS - Date.now() / 1000)).toBeLessThan(3)
})

test('the clock is the server’s, however wrong this machine’s is', async ({ page }) => {
  await page.addInitScript(() => {
    const now = Date.now
    Date.now = () => now() - 3_600_000
  })
  await openDashboard(page, `${tailboard.url}/?window=30s`)
  await expect.poll(async () => Math.abs((await rangeOf(page, PM25)).toS - Date.now() / 1000)).toBeLessThan(3)
})
