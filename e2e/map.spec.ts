import { expect, type Page, test } from 'playwright/test'
import { fedTailboardForTests } from './support/for-tests.ts'
import { openDashboard } from './support/page.ts'

const { tailboard, writer } = fedTailboardForTests({ SENSORS: '0', HOST_METRICS: 'off' })
test.afterEach(() => writer.clear())

const THREE = [
  { id: 1, pm25: 5, latitude: 48.75, longitude: 9.1 },
  { id: 2, pm25: 40, latitude: 48.78, longitude: 9.2 },
  { id: 3, pm25: 130, latitude: 48.84, longitude: 9.15 },
]

const map = (page: Page) => page.getByRole('region', { name: 'Map' })
const picture = (page: Page) => map(page).getByRole('img')
const frame = (page: Page) => map(page).getByRole('application')
/** The mark itself, without its name. */
const pin = (page: Page, id: number) => map(page).locator(`[data-pin="${id}"] path`)

async function centreOf(page: Page, id: number) {
  const box = await pin(page, id).boundingBox()
  if (!box) throw new Error(`Sensor ${id} is not on the map`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

test('each sensor stands where it is, and all are in sight', async ({ page }) => {
  await writer.keep(THREE)
  await openDashboard(page, tailboard.url)
  await expect(map(page).locator('[data-pin]')).toHaveCount(3)
  const [one, two, three] = [await centreOf(page, 1), await centreOf(page, 2), await centreOf(page, 3)]
  expect(two.x).toBeGreaterThan(three.x)
  expect(three.x).toBeGreaterThan(one.x)
  expect(one.y).toBeGreaterThan(two.y)
  expect(two.y).toBeGreaterThan(three.y)
  const box = await picture(page).boundingBox()
  for (const { x, y } of [one, two, three]) {
    expect(x).toBeGreaterThan(box?.x ?? Number.POSITIVE_INFINITY)
    expect(x).toBeLessThan((box?.x ?? 0) + (box?.width ?? 0))
    expect(y).toBeGreaterThan(box?.y ?? Number.POSITIVE_INFINITY)
    expect(y).toBeLessThan((box?.y ?? 0) + (box?.height ?? 0))
  }
  await expect(picture(page)).toHaveAttribute('aria-label', /3 sensors.*130[.]0 at sensor 3/)
})

test('keys, wheel, hand and buttons move it, and one button brings all back', async ({ page }) => {
  await writer.keep(THREE)
  await openDashboard(page, tailboard.url)
  const start = await centreOf(page, 2)
  const all = map(page).getByRole('button', { name: 'Show all sensors' })
  await expect(all).toBeHidden()

  await frame(page).focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => (await centreOf(page, 2)).x).toBeLessThan(start.x - 50)
  await page.keyboard.press('0')
  await expect.poll(async () => Math.round((await centreOf(page, 2)).x)).toBe(Math.round(start.x))

  const apart = async () => (await centreOf(page, 2)).x - (await centreOf(page, 1)).x
  const before = await apart()
  await map(page).getByRole('button', { name: 'Zoom out' }).click()
  await expect.poll(apart).toBeLessThan(before / 1.5)
  await all.click()
  await expect.poll(apart).toBeCloseTo(before, 0)

  const box = await picture(page).boundingBox()
  if (!box) throw new Error('There is no map')
  await page.mouse.move(box.x + box.width / 2, box.y + 30)
  await frame(page).focus()
  await page.mouse.wheel(0, 100)
  await expect.poll(apart).toBeLessThan(before * 0.9)
  await all.click()

  await page.mouse.move(box.x + 30, box.y + 30)
  await page.mouse.down()
  await page.mouse.move(box.x + 70, box.y + 50, { steps: 5 })
  await page.mouse.up()
  await expect.poll(async () => Math.round((await centreOf(page, 2)).x - start.x)).toBe(40)
})

test('the wheel scrolls the page until the map is chosen', async ({ page }) => {
  await writer.keep(THREE)
  await openDashboard(page, tailboard.url)
  await expect(pin(page, 2)).toBeVisible()
  const box = await picture(page).boundingBox()
  if (!box) throw new Error('There is no map')
  await page.mouse.move(box.x + box.width / 2, box.y + 40)
  await page.mouse.wheel(0, 100)
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0)
  await expect(map(page).getByRole('button', { name: 'Show all sensors' })).toBeHidden()
})

test('a sensor that is pointed at is told in words, and marked in the table; a click chooses it', async ({
  page,
}) => {
  await writer.keep(THREE)
  await openDashboard(page, tailboard.url)
  await expect(page.locator('tr[data-sensor="3"]')).toBeVisible()
  await pin(page, 3).hover()
  await expect(map(page).locator('[data-map-tip]')).toContainText('Sensor 3130.0 µg/m³Very unhealthy')
  await expect(page.locator('tr[data-sensor="3"]')).toHaveAttribute('data-highlighted', 'true')
  await pin(page, 3).click()
  await expect(page.getByRole('checkbox', { name: 'Show sensor 3 in the charts' })).toBeChecked()
  await expect(page).toHaveURL(/sensors=3/)
  await expect(map(page).locator('[data-ring="selected"]')).toHaveCount(1)
})

test('places that are none do not break it, and are counted', async ({ page }) => {
  await writer.keep([
    ...THREE,
    { id: 4, pm25: 5, latitude: null, longitude: null },
    { id: 5, pm25: 5, latitude: 0, longitude: 0 },
    { id: 6, pm25: 5, latitude: 123, longitude: 9 },
  ])
  await openDashboard(page, tailboard.url)
  await expect(map(page).locator('[data-pin]')).toHaveCount(3)
  await expect(map(page)).toContainText('3 sensors without a place')
})

test('a thousand sensors are few marks, and a click on many shows them nearer', async ({ page }) => {
  await writer.write(
    Array.from({ length: 1_000 }, (_, id) => ({
      id,
      pm25: id % 50,
      latitude: 48 + (id % 40) / 60,
      longitude: 9 + Math.floor(id / 40) / 40,
    })),
  )
  await openDashboard(page, tailboard.url)
  const marks = map(page).locator('[data-cluster]')
  await expect(marks.first()).toBeVisible()
  expect(await map(page).locator('svg *').count()).toBeLessThan(1_500)
  const count = await marks.evaluateAll((all) =>
    all.reduce((sum, mark) => sum + Number(mark.getAttribute('data-cluster')), 0),
  )
  expect(count + (await map(page).locator('[data-pin]').count())).toBe(1_000)
  await marks.last().click()
  await expect(map(page).getByRole('button', { name: 'Show all sensors' })).toBeVisible()
})
