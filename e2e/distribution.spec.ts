import { expect, test } from 'playwright/test'
import { fedTailboardForTests } from './support/for-tests.ts'
import { openDashboard } from './support/page.ts'

const { tailboard, writer } = fedTailboardForTests({ SENSORS: '0', HOST_METRICS: 'off' })

test('the sensors are counted by category, and a category is a filter for table and map', async ({
  page,
}) => {
  const place = (id: number) => ({ latitude: 48.7 + id / 50, longitude: 9.1 + id / 50 })
  await writer.keep([
    { id: 1, pm25: 5, ...place(1) },
    { id: 2, pm25: 6, ...place(2) },
    { id: 3, pm25: 40, ...place(3) },
    { id: 4, pm25: 240, ...place(4) },
  ])
  await openDashboard(page, tailboard.url)
  const category = (name: string) =>
    page.getByRole('region', { name: 'By category' }).locator(`[data-category="${name}"]`)
  await expect(category('good')).toHaveText(/Good\s*2\s*50%/)
  await expect(category('sensitive')).toHaveText(/Unhealthy for sensitive groups\s*1\s*25%/)
  await expect(category('hazardous')).toHaveText(/Hazardous\s*1\s*25%/)
  await expect(category('moderate')).toHaveText(/Moderate\s*0\s*0%/)
  await expect(page.locator('tr[data-sensor]')).toHaveCount(4)
  await expect(page.locator('[data-pin]')).toHaveCount(4)

  await category('good').click()
  await expect(category('good')).toHaveAttribute('aria-pressed', 'true')
  await expect(page.locator('tr[data-sensor]')).toHaveCount(2)
  await expect(page.locator('[data-pin]')).toHaveCount(2)
  await expect(page).toHaveURL(/category=good/)

  // The address alone is enough for a colleague.
  await page.reload()
  await expect(page.locator('tr[data-sensor]')).toHaveCount(2)
  await category('hazardous').click()
  await expect(page.locator('tr[data-sensor]')).toHaveCount(3)
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(page.locator('tr[data-sensor]')).toHaveCount(4)
  await expect(page).not.toHaveURL(/category=/)
})

test('a sensor that changes its air changes its category', async ({ page }) => {
  await writer.keep([{ id: 1, pm25: 5 }])
  await openDashboard(page, tailboard.url)
  const unhealthy = page.locator('[data-category="unhealthy"]')
  await expect(unhealthy).toHaveText(/Unhealthy\s*0/)
  await writer.keep([{ id: 1, pm25: 60 }])
  await expect(unhealthy).toHaveText(/Unhealthy\s*1/)
})
