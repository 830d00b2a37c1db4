import { expect, type Page, type Request, test } from 'playwright/test'
import { tailboardForTests } from './support/for-tests.ts'
import { expectToMove, linesOf, openDashboard } from './support/page.ts'

const CHART = 'PM2.5 over time'

const tailboard = tailboardForTests({ SENSORS: '1000', SENSOR_INTERVAL_MS: '10000' })

/** What is streamed, and of which rows. Without a SharedWorker the page opens its streams itself, where it is seen. */
async function watchStreams(page: Page): Promise<Set<string>> {
  const streams = new Set<string>()
  const name = (url: string) => {
    const search = new URL(url).searchParams
    return `${search.get('relation')}${search.has('id') ? ` id=${search.get('id')}` : ''}`
  }
  page.on('request', (request) => {
    if (request.url().includes('/api/stream?')) streams.add(name(request.url()))
  })
  const end = (request: Request) => streams.delete(name(request.url()))
  page.on('requestfinished', end)
  page.on('requestfailed', end)
  await page.addInitScript(() => Reflect.deleteProperty(window, 'SharedWorker'))
  return streams
}

const band = (page: Page) => page.getByRole('figure', { name: CHART }).locator('.band-spread path').first()
/** Beside the mean of all. */
const selected = (page: Page) =>
  page.getByRole('figure', { name: CHART }).locator('.recharts-line:not(.band-mean) path.recharts-line-curve')

test('of a thousand sensors there is a band with their mean, and it moves', async ({ page }) => {
  test.setTimeout(120_000)
  const streams = await watchStreams(page)
  await openDashboard(page, tailboard.url)
  await expect(band(page)).toBeVisible({ timeout: 30_000 })
  const width = (await page.getByRole('figure', { name: CHART }).boundingBox())?.width ?? 0
  // A thousand sensors take a while to fill in the window.
  await expect
    .poll(async () => (await band(page).boundingBox())?.width ?? 0, { timeout: 60_000 })
    .toBeGreaterThan(width * 0.8)
  await expect(linesOf(page, CHART)).toHaveCount(1)
  await expectToMove(page, CHART)
  await expect.poll(() => [...streams].sort()).toEqual(['air_quality_1s', 'host_metrics', 'sensors_latest'])
  await page.screenshot({ path: 'test-results/many-sensors.png', fullPage: true })
})

test('those that are selected have lines, and four streams are all that is open', async ({ page }) => {
  test.setTimeout(120_000)
  const streams = await watchStreams(page)
  await openDashboard(page, `${tailboard.url}/?sensors=7,12`)
  await expect(selected(page)).toHaveCount(2, { timeout: 30_000 })
  await expect(band(page)).toBeVisible()
  await expect
    .poll(() => [...streams].sort())
    .toEqual(['air_quality_1s', 'host_metrics', 'sensors_latest', 'sensors_view id=in.(7,12)'])
  await page.screenshot({ path: 'test-results/many-sensors-selected.png', fullPage: true })
})
