import { expect, test } from 'playwright/test'
import { drag, plotOf, rangeOf, widthOf } from './support/charts.ts'
import { tailboardForTests } from './support/for-tests.ts'
import { linesOf, openDashboard } from './support/page.ts'

const PM25 = 'PM2.5 over time'
const PM10 = 'PM10 over time'

const tailboard = tailboardForTests({ SENSORS: '4', HOST_METRICS: 'off' })

test.beforeEach(async ({ page }) => {
  await openDashboard(page, tailboard.url)
  await expect(linesOf(page, PM25)).toHaveCount(4)
})

test('dragging over one chart shows that stretch of time in both', async ({ page }) => {
  const { fromS } = await rangeOf(page, PM25)
  await drag(page, PM25, 0.3, 0.5)
  await expect.poll(() => widthOf(page, PM25)).toBeLessThan(140)
  const pm25 = await rangeOf(page, PM25)
  expect(pm25.toS - pm25.fromS).toBeGreaterThan(100)
  expect(pm25.fromS - fromS).toBeGreaterThan(120)
  await expect.poll(async () => (await rangeOf(page, PM10)).toS).toBe(pm25.toS)
  expect(await rangeOf(page, PM10)).toEqual(pm25)
  const { searchParams } = new URL(page.url())
  expect(Number(searchParams.get('at'))).toBeCloseTo(pm25.toS, 1)
  expect(searchParams.get('window')).toMatch(/^\d+[sm]$/)
})

test('Escape lets go of a stretch that is being dragged over', async ({ page }) => {
  await drag(page, PM25, 0.3, 0.5, false)
  await expect(page.locator('[data-drag]')).toHaveCount(2)
  await page.keyboard.press('Escape')
  await expect(page.locator('[data-drag]')).toHaveCount(0)
  await page.mouse.up()
  expect(await widthOf(page, PM25)).toBeCloseTo(600)
  expect(new URL(page.url()).searchParams.get('at')).toBeNull()
})

test('the wheel zooms with Ctrl and moves in time with Shift', async ({ page }) => {
  await plotOf(page, PM25).hover()
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -240)
  await page.keyboard.up('Control')
  await expect.poll(() => widthOf(page, PM25)).toBeCloseTo(300, -1)
  const { toS } = await rangeOf(page, PM25)
  await page.keyboard.down('Shift')
  await page.mouse.wheel(0, -100)
  await page.keyboard.up('Shift')
  await expect.poll(async () => (await rangeOf(page, PM25)).toS).toBeLessThan(toS - 10)
})

test('all of it is done by keys alone', async ({ page }) => {
  await page.keyboard.press('+')
  await expect.poll(() => widthOf(page, PM25)).toBeCloseTo(300)
  expect(new URL(page.url()).searchParams.get('at')).toBeNull()
  await plotOf(page, PM25).focus()
  await page.keyboard.press(' ')
  await expect(page.getByText('The charts stand at')).toBeVisible()
  await page.keyboard.press('+')
  await expect.poll(() => widthOf(page, PM25)).toBeCloseTo(150)
  const before = await rangeOf(page, PM25)
  await page.keyboard.press('Shift+ArrowLeft')
  await expect.poll(async () => (await rangeOf(page, PM25)).toS).toBeCloseTo(before.toS - 75, 0)
  await page.keyboard.press('-')
  await page.keyboard.press('-')
  await expect.poll(() => widthOf(page, PM25)).toBeCloseTo(600)
  await page.keyboard.press('l')
  await expect(page.getByText('The charts stand at')).toBeHidden()
})

test('the crosshair is at the same moment in both charts, and stays while readings come', async ({
  page,
}) => {
  const plot = plotOf(page, PM25)
  await plot.hover()
  const tips = page.locator('[data-tooltip]')
  await expect(tips).toHaveCount(2)
  const [first, second] = await tips.locator('p:first-child').allTextContents()
  expect(first).toBe(second)
  const { toS } = await rangeOf(page, PM25)
  await expect.poll(async () => (await rangeOf(page, PM25)).toS).toBeGreaterThan(toS + 3)
  await expect(tips).toHaveCount(2)
  expect((await tips.locator('p:first-child').allTextContents())[0]).toBe(first)
})

test.describe('with a finger', () => {
  test.use({ hasTouch: true })

  test('a drag zooms too', async ({ page }) => {
    const box = await plotOf(page, PM25).boundingBox()
    if (!box) throw new Error('There is no plot')
    const touch = await page.context().newCDPSession(page)
    const y = box.y + box.height / 2
    const at = (share: number) => [{ x: box.x + box.width * share, y }]
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0.3) })
    for (const share of [0.35, 0.4, 0.5]) {
      await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(share) })
    }
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await expect.poll(() => widthOf(page, PM25)).toBeLessThan(140)
  })
})
