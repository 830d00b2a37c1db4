import { expect, test } from 'playwright/test'
import { fedTailboardForTests } from './support/for-tests.ts'
import { expectToMove, linesOf, openDashboard } from './support/page.ts'
import { nextEvent, openStream } from './support/stream.ts'

const { tailboard, database } = fedTailboardForTests()

test('the charts are full of history at once, and move', async ({ page }) => {
  await openDashboard(page, tailboard.url)
  for (const chart of ['PM2.5 over time', 'PM10 over time']) {
    await expect(linesOf(page, chart)).toHaveCount(24)
    const width = (await page.getByRole('figure', { name: chart }).boundingBox())?.width ?? 0
    await expect
      .poll(async () => (await linesOf(page, chart).first().boundingBox())?.width ?? 0)
      .toBeGreaterThan(width * 0.8)
    await expectToMove(page, chart)
  }
  await expect(page.getByText('Simulated readings')).toBeVisible()
})

test('a reading that another program writes is on the page within two seconds, and on the stream', async ({
  page,
}) => {
  await openDashboard(page, tailboard.url)
  const { events, close } = await openStream(`${tailboard.url}/api/stream`)
  await nextEvent(events, ({ event }) => event === 'snapshot')
  await database.query('INSERT INTO sensors VALUES (9001, 88, 99, 48.78, 9.18, extract(epoch from now()))')
  await expect(page.locator('[data-sensor="9001"]')).toContainText('88', { timeout: 2_000 })
  const update = await nextEvent(events, ({ data }) =>
    (data.updates ?? []).some(({ row }: { row: { id: number } }) => row.id === 9001),
  )
  expect(update.event).toBe('update')
  close()
})

test('this machine shows its own metrics', async ({ page }) => {
  await openDashboard(page, tailboard.url)
  const machine = page.getByRole('region', { name: 'This machine' })
  await expect(machine).toContainText(/CPU/)
  await expect(machine).toContainText(/\d+(\.\d+)?\s*%/)
})

const PAGES = { dashboard: '/', sensor: '/sensors/1' }

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [name, path] of Object.entries(PAGES)) {
    test(`nothing overflows from 360 to 2560 pixels: ${name}, ${colorScheme}`, async ({ page }) => {
      test.setTimeout(120_000)
      await page.emulateMedia({ colorScheme })
      await openDashboard(page, tailboard.url + path)
      for (const width of [360, 390, 768, 1280, 1920, 2560]) {
        await page.setViewportSize({ width, height: 900 })
        await expect(linesOf(page, 'PM10 over time').first()).toBeVisible()
        const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        await expect.poll(overflow, { message: `${width} pixels` }).toBeLessThanOrEqual(0)
        await page.screenshot({ path: `test-results/${name}-${width}-${colorScheme}.png`, fullPage: true })
      }
    })
  }
}
