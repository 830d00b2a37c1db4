import { expect, type Page, test } from 'playwright/test'
import { fedTailboardForTests } from './support/for-tests.ts'
import { openDashboard } from './support/page.ts'

const { tailboard, writer } = fedTailboardForTests({ SENSORS: '0', HOST_METRICS: 'off' })
test.afterEach(() => writer.clear())

const table = (page: Page) => page.getByRole('table', { name: 'Latest readings' })
const rows = (page: Page) => table(page).locator('tr[data-sensor]')
const order = (page: Page) =>
  rows(page).evaluateAll((all) => all.map((row) => Number(row.getAttribute('data-sensor'))))
const heading = (page: Page, name: string) => table(page).getByRole('columnheader', { name })

const FOUR = [
  { id: 1, pm25: 20, pm10: 10 },
  { id: 2, pm25: null, pm10: 40 },
  { id: 12, pm25: 5, pm10: 30 },
  { id: 30, pm25: 60, pm10: 20 },
]

test('it is sorted by any column, by keys too; what is not measured is last', async ({ page }) => {
  await writer.keep(FOUR)
  await openDashboard(page, tailboard.url)
  await expect.poll(() => order(page)).toEqual([1, 2, 12, 30])
  await expect(heading(page, 'Sensor')).toHaveAttribute('aria-sort', 'ascending')
  await heading(page, 'PM2.5').getByRole('button').focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => order(page)).toEqual([30, 1, 12, 2])
  await expect(heading(page, 'PM2.5')).toHaveAttribute('aria-sort', 'descending')
  await expect(heading(page, 'Sensor')).toHaveAttribute('aria-sort', 'none')
  await page.keyboard.press('Enter')
  await expect.poll(() => order(page)).toEqual([12, 1, 30, 2])
  await heading(page, 'PM10').getByRole('button').click()
  await expect.poll(() => order(page)).toEqual([2, 12, 30, 1])
  await heading(page, 'Category').getByRole('button').click()
  await expect.poll(() => order(page)).toEqual([30, 1, 12, 2])
})

test('it is searched by number and filtered by category and state, in the address', async ({ page }) => {
  await writer.write([{ id: 13, pm25: 7, ageS: 60 }])
  await writer.keep(FOUR)
  await openDashboard(page, tailboard.url)
  await expect.poll(() => order(page)).toEqual([1, 2, 12, 13, 30])
  await page.getByRole('searchbox', { name: 'Search sensors by number' }).fill('1')
  await expect.poll(() => order(page)).toEqual([1, 12, 13])
  await expect(page).toHaveURL(/q=1/)
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.getByRole('checkbox', { name: 'Silent' }).click()
  await expect.poll(() => order(page)).toEqual([13])
  await expect(table(page)).toHaveAttribute('aria-rowcount', '2')
  await page.reload()
  await expect.poll(() => order(page)).toEqual([13])
  await page.getByRole('searchbox').fill('777')
  await expect(page.getByText('No sensor is like that now.')).toBeVisible()
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(rows(page)).toHaveCount(5)
})

test('sensors are chosen for the charts, at most 24', async ({ page }) => {
  await writer.keep(Array.from({ length: 26 }, (_, index) => ({ id: index + 1, pm25: 5 })))
  const chosen = Array.from({ length: 23 }, (_, index) => index + 1)
  await openDashboard(page, `${tailboard.url}/?sensors=${chosen.join(',')}`)
  await expect(page.getByText('23 of at most 24 sensors in the charts')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Show sensor 25 in the charts' }).click()
  await expect(page.getByText('24 sensors are in the charts, as many as can be told apart.')).toBeVisible()
  await expect(page.getByRole('checkbox', { name: 'Show sensor 26 in the charts' })).toBeDisabled()
  await page.getByRole('checkbox', { name: 'Show sensor 1 in the charts' }).click()
  await expect(page.getByRole('checkbox', { name: 'Show sensor 26 in the charts' })).toBeEnabled()
  await page.getByRole('button', { name: 'Take all out' }).click()
  await expect(page).not.toHaveURL(/sensors=/)
})

for (const reducedMotion of ['no-preference', 'reduce'] as const) {
  test(`a value that changes is marked for a moment, motion ${reducedMotion}`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion })
    await writer.keep(FOUR)
    await openDashboard(page, tailboard.url)
    const cell = rows(page).and(page.locator('[data-sensor="12"]')).getByRole('cell').nth(4)
    await expect(cell).toHaveText('5.0')
    await expect(cell.locator('[data-changed="true"]')).toHaveCount(0)
    await writer.keep(FOUR.map((reading) => (reading.id === 12 ? { ...reading, pm25: 6 } : reading)))
    const mark = cell.locator('[data-changed="true"]')
    await expect(mark).toHaveText('6.0')
    const animation = await mark.evaluate((element) => getComputedStyle(element).animationName)
    expect(animation).toBe(reducedMotion === 'reduce' ? 'changed-weight' : 'changed-colour')
  })
}

test('the order stands still while the pointer is over it, and the values go on', async ({ page }) => {
  await writer.keep(FOUR)
  await openDashboard(page, tailboard.url)
  await heading(page, 'PM2.5').getByRole('button').click()
  await expect.poll(() => order(page)).toEqual([30, 1, 12, 2])
  await rows(page).first().hover()
  await expect(page.getByText('order held')).toBeVisible()
  await writer.keep(FOUR.map((reading) => (reading.id === 12 ? { ...reading, pm25: 99 } : reading)))
  await expect(page.locator('tr[data-sensor="12"]')).toContainText('99.0')
  expect(await order(page)).toEqual([30, 1, 12, 2])
  await page.getByRole('heading', { level: 1 }).hover()
  await expect.poll(() => order(page)).toEqual([12, 30, 1, 2])
  await expect(page.getByText('order held')).toBeHidden()
})

test('of a thousand sensors only the rows in sight are there, each knowing its place', async ({ page }) => {
  await writer.write(Array.from({ length: 1_000 }, (_, index) => ({ id: index + 1, pm25: 5 + (index % 30) })))
  await openDashboard(page, tailboard.url)
  await expect(table(page)).toHaveAttribute('aria-rowcount', '1001')
  expect(await rows(page).count()).toBeLessThan(80)
  await expect(rows(page).first()).toHaveAttribute('aria-rowindex', '2')
  await table(page).evaluate((element) => element.parentElement?.scrollTo({ top: 18_000 }))
  await expect(page.locator('tr[data-sensor="505"]')).toHaveAttribute('aria-rowindex', '506')
  expect(await rows(page).count()).toBeLessThan(80)
  await table(page).evaluate((element) => element.parentElement?.scrollTo({ top: 1e6 }))
  await expect(page.locator('tr[data-sensor="1000"]')).toBeVisible()
})

test('a row leads to the page of its sensor', async ({ page }) => {
  await writer.keep(FOUR)
  await openDashboard(page, tailboard.url)
  await page.locator('tr[data-sensor="12"]').getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name: 'Sensor 12' })).toBeVisible()
})

test('each row draws the last minutes of its sensor, and ends where it fell silent', async ({ page }) => {
  const minutes = (id: number, fromS: number, toS: number) =>
    Array.from({ length: fromS - toS }, (_, index) => ({ id, pm25: 10 + (index % 7), ageS: fromS - index }))
  await writer.write([...minutes(1, 280, 0), ...minutes(2, 280, 140)])
  await writer.keep([{ id: 1, pm25: 30 }])
  await openDashboard(page, tailboard.url)
  const line = (id: number) => page.locator(`tr[data-sensor="${id}"] svg path[fill="none"]`).last()
  const reach = async (id: number) => {
    const path = (await line(id).getAttribute('d')) ?? ''
    const xs = [...path.matchAll(/[ML](-?[\d.]+),/g)].map(([, x]) => Number(x))
    return xs.length > 20 ? Math.max(...xs) : 0
  }
  // The picture is 120 wide, for five minutes.
  await expect.poll(() => reach(1)).toBeGreaterThan(110)
  await expect.poll(() => reach(2)).toBeGreaterThan(40)
  expect(await reach(2)).toBeLessThan(70)
  await expect(page.locator('tr[data-sensor="1"]')).toContainText(/between 10\.0 and \d+\.0/)
  const before = await line(1).getAttribute('d')
  await expect.poll(() => line(1).getAttribute('d')).not.toBe(before)
})

test('of more sensors than are streamed in full, those that are ticked have a line', async ({ page }) => {
  await writer.write(Array.from({ length: 60 }, (_, index) => ({ id: index + 1, pm25: 5 + index })))
  await openDashboard(page, tailboard.url)
  const row = page.locator('tr[data-sensor="7"]')
  await expect(row).toContainText('not streamed')
  await expect(page.getByText('tick a sensor to see its line')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Show sensor 7 in the charts' }).check()
  await expect(row).toContainText('between 11.0 and 11.0')
})

test('a sensor that died before the page was opened is listed, as silent', async ({ page }) => {
  await writer.write([{ id: 5, pm25: 12, ageS: 3_600 }])
  await writer.keep([{ id: 6, pm25: 12 }])
  await openDashboard(page, tailboard.url)
  const row = page.locator('tr[data-sensor="5"]')
  await expect(row).toHaveAttribute('data-state', 'silent')
  await expect(row).toContainText('1 h')
  await expect(page.getByRole('group', { name: 'Sensors online' })).toContainText('1 silent')
})
