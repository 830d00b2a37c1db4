import { expect, test } from 'playwright/test'
import { drag, rangeOf, widthOf } from './support/charts.ts'
import { tailboardForTests } from './support/for-tests.ts'
import { linesOf, openDashboard } from './support/page.ts'

const PM25 = 'PM2.5 over time'

const tailboard = tailboardForTests({ SENSORS: '4', HOST_METRICS: 'off' })

test('a link to a stretch of time shows that stretch to a colleague', async ({ page, browser }) => {
  await openDashboard(page, tailboard.url)
  await expect(linesOf(page, PM25)).toHaveCount(4)
  await drag(page, PM25, 0.4, 0.7)
  await expect(page.getByText('The charts stand at')).toBeVisible()
  await expect.poll(() => new URL(page.url()).searchParams.get('at')).toMatch(/\d/)
  const range = await rangeOf(page, PM25)
  const other = await browser.newPage()
  await openDashboard(other, page.url(), 'Paused')
  await expect(linesOf(other, PM25)).toHaveCount(4)
  const seen = await rangeOf(other, PM25)
  expect(seen.toS).toBeCloseTo(range.toS, 1)
  expect(seen.fromS).toBeCloseTo(range.fromS, 1)
  expect(await linesOf(other, PM25).first().getAttribute('d')).toBe(
    await linesOf(page, PM25).first().getAttribute('d'),
  )
  await other.close()
})

test('the window is in the address, and the back button does not go through every step', async ({ page }) => {
  await openDashboard(page, `${tailboard.url}/?window=30s`)
  await expect.poll(() => widthOf(page, PM25)).toBeCloseTo(30)
  const pages = await page.evaluate(() => history.length)
  await page.getByText('1 min', { exact: true }).click()
  await expect.poll(() => new URL(page.url()).searchParams.get('window')).toBe('1m')
  await page.keyboard.press('p')
  await expect.poll(() => new URL(page.url()).searchParams.get('at')).toMatch(/\d/)
  expect(await page.evaluate(() => history.length)).toBe(pages)
})

test('a link to a time that is no longer held says so, and leads back to live', async ({ page }) => {
  await openDashboard(page, `${tailboard.url}/?at=${Math.floor(Date.now() / 1000) - 86_400}`, 'Paused')
  await expect(page.getByText('The readings of that time are no longer held.')).toBeVisible()
  await page.getByRole('button', { name: /Back to live/ }).click()
  await expect(linesOf(page, PM25)).toHaveCount(4)
})

test('a link carries the theme, the sensors and what the table is narrowed to', async ({ page }) => {
  await openDashboard(page, `${tailboard.url}/?theme=dark&sensors=2,3&q=2`)
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.getByRole('searchbox', { name: 'Search sensors by number' })).toHaveValue('2')
  await expect(page.locator('tr[data-sensor]')).toHaveCount(1)
  await expect(page.getByText('2 of at most 24 sensors in the charts')).toBeVisible()
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(page.getByRole('row', { selected: true })).toHaveCount(2)
})
