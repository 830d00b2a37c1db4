import { expect, type Page, test } from 'playwright/test'
import { fedTailboardForTests } from './support/for-tests.ts'
import { linesOf, openDashboard } from './support/page.ts'

const { tailboard, writer } = fedTailboardForTests({ SENSORS: '0', HOST_METRICS: 'off' })
test.afterEach(() => writer.clear())

const tile = (page: Page, name: string) => page.getByRole('group', { name, exact: true })

test('the page of a sensor tells its readings, its statistics, its place and its neighbours', async ({
  page,
}) => {
  // Five minutes of one reading every two seconds: 100 at 5, 50 at 20; none in the minute before the last.
  const history = Array.from({ length: 150 }, (_, index) => ({
    id: 7,
    pm25: index < 100 ? 5 : 20,
    pm10: 30,
    ageS: 372 - 2 * index,
  }))
  await writer.write(history)
  await writer.write([
    { id: 8, pm25: 9, latitude: 48.79, longitude: 9.18 },
    { id: 9, pm25: 50, latitude: 48.785, longitude: 9.18 },
    { id: 10, pm25: 1, latitude: null, longitude: null },
  ])
  await writer.write([{ id: 7, pm25: 12.5, pm10: 33 }])
  await openDashboard(page, `${tailboard.url}/sensors/7`)
  await expect(page).toHaveTitle(/Sensor 7 · Tailboard/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sensor 7')
  await expect(tile(page, 'PM2.5 now')).toContainText('12.5')
  await expect(tile(page, 'PM2.5 now')).toContainText('Moderate')
  await expect(tile(page, 'PM10 now')).toContainText('33.0')
  await expect(tile(page, 'Age')).toContainText(/\d+ s/)
  await expect(linesOf(page, 'PM2.5 over time')).toHaveCount(1)
  await expect(linesOf(page, 'PM10 over time')).toHaveCount(1)

  const pm25 = page.locator('[data-statistics="pm25"]')
  await expect(pm25).toContainText('Lowest5.0')
  await expect(pm25).toContainText('Mean10.0')
  await expect(pm25).toContainText('95th pct.20.0')
  await expect(pm25).toContainText('Highest20.0')
  await expect(pm25).toContainText(/Good\s*6\d%/)
  await expect(pm25).toContainText(/151 of \d+ expected readings, \d gaps?, the longest 1 minute/)

  await expect(page.locator('tr[data-neighbour]')).toHaveCount(2)
  await expect(page.locator('tr[data-neighbour]').first()).toHaveAttribute('data-neighbour', '9')
  await expect(page.locator('tr[data-neighbour="9"]')).toContainText('50.0')
  await expect(page.locator('tr[data-neighbour="8"]')).toContainText(/0[.]7 mi|1[.]1 km/)
  await expect(page.getByRole('region', { name: 'Place' })).toContainText('48.7800° N, 9.1800° E')
  await expect(page.locator('[data-pin="7"]')).toBeVisible()

  await page.locator('tr[data-neighbour="9"]').getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sensor 9')
  await expect(tile(page, 'PM2.5 now')).toContainText('50.0')
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Overview' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Air quality, live')
})

test('a new reading is on its page within two seconds', async ({ page }) => {
  await writer.write([{ id: 7, pm25: 5 }])
  await openDashboard(page, `${tailboard.url}/sensors/7`)
  await expect(tile(page, 'PM2.5 now')).toContainText('5.0')
  await writer.write([{ id: 7, pm25: 88 }])
  await expect(tile(page, 'PM2.5 now')).toContainText('88.0', { timeout: 2_000 })
})

test('a sensor that has never been heard of is told to be unknown, until it speaks', async ({ page }) => {
  await writer.write([{ id: 7, pm25: 5 }])
  await openDashboard(page, `${tailboard.url}/sensors/4711`)
  await expect(page.getByRole('heading', { name: 'Nothing is known of sensor 4711' })).toBeVisible()
  await writer.write([{ id: 4711, pm25: 5 }])
  await expect(tile(page, 'PM2.5 now')).toContainText('5.0')
})

test('a silent sensor says since when', async ({ page }) => {
  await writer.write([{ id: 7, pm25: 5, ageS: 125 }])
  await openDashboard(page, `${tailboard.url}/sensors/7`)
  await expect(tile(page, 'State')).toContainText('Silent')
  await expect(page.getByText(/Silent[.] Its last reading is from .*, 2 minutes ago[.]/)).toBeVisible()
})

test('one that was heard of long ago shows what it said last', async ({ page }) => {
  await writer.write([{ id: 7, pm25: 5, ageS: 700 }])
  await openDashboard(page, `${tailboard.url}/sensors/7`)
  await expect(page.getByRole('heading', { name: 'No readings in the last 10 minutes' })).toBeVisible()
  await expect(tile(page, 'PM2.5 now')).toContainText('5.0')
  await expect(page.getByText(/Silent[.].*11 minutes ago/)).toBeVisible()
})

for (const name of ['abc', '1.5', '99999999999', '007']) {
  test(`there is no page of a sensor ${name}`, async ({ page }) => {
    const response = await page.goto(`${tailboard.url}/sensors/${name}`)
    expect(response?.status()).toBe(404)
    await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
  })
}
