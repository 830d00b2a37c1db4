import { expect, type Page, test } from 'playwright/test'
import { tailboardForTests } from './support/for-tests.ts'
import { expectState, linesOf, openDashboard } from './support/page.ts'
import { descendants } from './support/processes.ts'

const tailboard = tailboardForTests()

const badge = (page: Page) => page.getByRole('button', { name: /^About the connection/ })
const details = (page: Page) => page.getByRole('dialog', { name: 'About the connection' })

test('how old the page is, which database answers, and how it is connected is told on a click', async ({
  page,
}) => {
  await openDashboard(page, tailboard.url)
  await badge(page).click()
  await expect(details(page)).toContainText(/Lag\s*\d+\.\d+ s behind now/)
  await expect(details(page)).toContainText(/Materialize v0\.26\.\d+, by TAIL/)
  const { host } = new URL(tailboard.databaseUrl)
  await expect(details(page)).toContainText(host)
  await expect(details(page)).not.toContainText('postgres:')
  await expect(details(page)).toContainText(/Last id\s*[\w-]+:\d{13}/)
  await expect(details(page)).toContainText(/[12] of at most 4 open in this browser/)
  await expect(details(page)).toContainText('shared by all tabs')
})

test('stopped charts are called paused, beside a stream that goes on', async ({ page }) => {
  await openDashboard(page, tailboard.url)
  await page.keyboard.press('p')
  await expectState(page, 'Paused')
  await expect(page).toHaveTitle('Paused · Tailboard')
  await page.keyboard.press('l')
  await expectState(page, 'Live')
  await expect(page).toHaveTitle('Tailboard')
})

test('a server that refuses is asked again, with a countdown to the next try', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'SharedWorker'))
  await page.route('**/api/stream?*', (route) => route.fulfill({ status: 503, body: 'no' }))
  await page.goto(tailboard.url)
  await expectState(page, 'Reconnecting')
  await expect(badge(page)).toContainText(/Reconnecting · \d+ s/)
  await badge(page).click()
  await expect(details(page)).toContainText(/Next try\s*(in \d+ second|under way)/)
  await page.unroute('**/api/stream?*')
  await details(page).getByRole('button', { name: 'Try now' }).click()
  await expectState(page, 'Live')
})

test('a server that says nothing is called stale, and the page live again once it speaks', async ({
  page,
}) => {
  await openDashboard(page, tailboard.url)
  await expect(linesOf(page, 'PM2.5 over time').first()).toBeVisible()
  const app = descendants(tailboard.pid).filter(({ command }) => /next-server|next\/dist\/bin/.test(command))
  expect(app.length).toBeGreaterThan(0)
  try {
    for (const { pid } of app) process.kill(pid, 'SIGSTOP')
    await expectState(page, 'Stale')
    await expect(page).toHaveTitle('Stale · Tailboard')
    await expect(page.getByRole('heading', { name: /^Stale: what you see is \d+ seconds old/ })).toBeVisible()
    await expect(linesOf(page, 'PM2.5 over time').first()).toBeVisible()
  } finally {
    for (const { pid } of app) process.kill(pid, 'SIGCONT')
  }
  await expectState(page, 'Live', 30_000)
})

test('a lost server is told, and what is on the page stays, marked as old', async ({ page }) => {
  test.setTimeout(180_000)
  await openDashboard(page, tailboard.url)
  await expect(linesOf(page, 'PM2.5 over time').first()).toBeVisible()
  await tailboard.kill()
  await expectState(page, 'Reconnecting')
  await expect(page).toHaveTitle('Reconnecting · Tailboard')
  await expect(page.getByRole('heading', { name: /what you see is \d+ seconds? old/ })).toBeVisible()
  await expectState(page, 'Connection lost', 45_000)
  await expect(page).toHaveTitle('Connection lost · Tailboard')
  await expect(linesOf(page, 'PM2.5 over time').first()).toBeVisible()
  // The tiles, the charts, the map, the categories and the table.
  await expect.poll(() => page.locator('[data-out-of-date=true]').count()).toBeGreaterThanOrEqual(6)
  await tailboard.startAgain()
  await expectState(page, 'Live', 30_000)
  await expect(page).toHaveTitle('Tailboard')
})
