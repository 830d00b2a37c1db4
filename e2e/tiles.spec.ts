import { expect, type Page, test } from 'playwright/test'
import { fedTailboardForTests } from './support/for-tests.ts'
import { openDashboard } from './support/page.ts'

const { tailboard, writer } = fedTailboardForTests({ SENSORS: '0' })
test.afterEach(() => writer.clear())

const tile = (page: Page, name: string) => page.getByRole('group', { name, exact: true })

test('the tiles tell what the sensors say', async ({ page }) => {
  // 18 at 8, one at 40, one at 60: their mean is 12.2, and the 19th of 20 is the 95th percentile.
  const readings = Array.from({ length: 20 }, (_, index) => ({ id: index + 1, pm25: [40, 60][index] ?? 8 }))
  await writer.write([{ id: 77, pm25: 300, ageS: 120 }])
  await writer.keep([...readings, { id: 88, pm25: -5 }])
  await openDashboard(page, tailboard.url)
  await expect(tile(page, 'Sensors online')).toContainText('20')
  await expect(tile(page, 'Sensors online')).toContainText('of 22')
  await expect(tile(page, 'Sensors online')).toContainText('1 silent')
  await expect(tile(page, 'Sensors online')).toContainText('1 faulty')
  await expect(tile(page, 'PM2.5 mean')).toContainText('12.2')
  await expect(tile(page, 'PM2.5 mean')).toContainText('Moderate')
  await expect(tile(page, 'PM2.5 95th percentile')).toContainText('40.0')
  await expect(tile(page, 'PM2.5 95th percentile')).toContainText('Unhealthy for sensitive groups')
  await expect(tile(page, 'PM2.5 highest')).toContainText('60.0')
  await expect(tile(page, 'PM2.5 highest')).toContainText('Unhealthy · Sensor 2')
  await expect(tile(page, 'Median delay to screen')).toContainText(/\d[.]\d\d.*99 of 100 within \d+[.]\d+ s/)
  // Twenty-one sensors that report each second, as soon as ten seconds are over.
  await expect(tile(page, 'Readings per second')).toContainText(/2[0-2][.]\d/, { timeout: 20_000 })
})

test('a click on the silent ones shows them alone', async ({ page }) => {
  await writer.write([{ id: 5, pm25: 3, ageS: 60 }])
  await writer.keep([{ id: 6, pm25: 3 }])
  await openDashboard(page, tailboard.url)
  await tile(page, 'Sensors online').getByRole('button', { name: '1 silent' }).click()
  await expect(page.locator('tr[data-sensor]')).toHaveCount(1)
  await expect(page.locator('tr[data-sensor="5"]')).toContainText('Silent')
  await expect(page).toHaveURL(/state=silent/)
})

test('without a sensor the tiles are there, and empty', async ({ page }) => {
  await openDashboard(page, tailboard.url)
  await expect(tile(page, 'Sensors online')).toContainText('0of 0none has reported yet')
  await expect(tile(page, 'PM2.5 mean')).toContainText('–')
})

test('on a phone the tiles stand two by two', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await writer.keep([{ id: 1, pm25: 8 }])
  await openDashboard(page, tailboard.url)
  const boxes = await Promise.all(
    ['Sensors online', 'Readings per second', 'PM2.5 mean'].map((name) => tile(page, name).boundingBox()),
  )
  expect(boxes[0]?.y).toBe(boxes[1]?.y)
  expect(boxes[2]?.y).toBeGreaterThan(boxes[0]?.y ?? Number.POSITIVE_INFINITY)
})
