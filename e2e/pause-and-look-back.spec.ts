import { expect, test } from 'playwright/test'
import { expectArrived, rangeOf, widthOf } from './support/charts.ts'
import { tailboardForTests } from './support/for-tests.ts'
import { expectToMove, linesOf, openDashboard } from './support/page.ts'

const PM25 = 'PM2.5 over time'

const tailboard = tailboardForTests({ SENSORS: '6', HOST_METRICS: 'off' })

test('the charts stand while all else goes on, and what came meanwhile is counted', async ({ page }) => {
  await openDashboard(page, tailboard.url)
  await expect(linesOf(page, PM25)).toHaveCount(6)
  await page.keyboard.press('p')
  await expect(page.getByText('The charts stand at')).toBeVisible()
  // By then the last readings before the pause have come.
  await expectArrived(page, 24)
  const line = linesOf(page, PM25).first()
  const before = await line.getAttribute('d')
  await expectArrived(page, 48)
  expect(await line.getAttribute('d')).toBe(before)
  expect(new URL(page.url()).searchParams.get('at')).toMatch(/^\d+(\.\d+)?$/)

  await page.getByRole('button', { name: /new readings · Back to live/ }).click()
  await expect(page.getByText('The charts stand at')).toBeHidden()
  await expectToMove(page, PM25)
  expect(new URL(page.url()).searchParams.get('at')).toBeNull()
})

test('one goes back and forth by half a window, not before what is held and not past now', async ({
  page,
}) => {
  await openDashboard(page, `${tailboard.url}/?window=1m`)
  await expect(linesOf(page, PM25)).toHaveCount(6)
  await page.keyboard.press('p')
  await expect(page.getByText('The charts stand at')).toBeVisible()
  const start = await rangeOf(page, PM25)
  await page.keyboard.press('[')
  await expect.poll(async () => (await rangeOf(page, PM25)).toS).toBeCloseTo(start.toS - 30, 1)
  await page.getByRole('button', { name: 'Half a window earlier' }).click()
  await expect.poll(async () => (await rangeOf(page, PM25)).toS).toBeCloseTo(start.toS - 60, 1)
  await expect(linesOf(page, PM25)).toHaveCount(6)
  await page.keyboard.press(']')
  await expect.poll(async () => (await rangeOf(page, PM25)).toS).toBeCloseTo(start.toS - 30, 1)

  const back = page.getByRole('button', { name: 'Half a window earlier' })
  for (let turn = 0; turn < 30 && (await back.getAttribute('aria-disabled')) !== 'true'; turn += 1) {
    await back.click()
  }
  await expect(back).toHaveAttribute('aria-disabled', 'true')
  const first = await rangeOf(page, PM25)
  expect(first.toS - first.fromS).toBeCloseTo(60)
  expect(first.fromS).toBeGreaterThan(start.toS - 640)

  for (let turn = 0; turn < 40; turn += 1) await page.keyboard.press(']')
  const last = await rangeOf(page, PM25)
  expect(last.toS).toBeLessThanOrEqual(Date.now() / 1000 + 2)
})

test('nothing is lost by another window, another theme, a reload or a reconnect', async ({
  page,
  context,
}) => {
  await openDashboard(page, `${tailboard.url}/?window=1m`)
  await expect(linesOf(page, PM25)).toHaveCount(6)
  await page.keyboard.press('p')
  // Long after the last reading of the stretch has come, so that its picture is complete.
  await expectArrived(page, 36)
  const { toS } = await rangeOf(page, PM25)
  const shape = await linesOf(page, PM25).first().getAttribute('d')
  const stands = async () => {
    await expect.poll(async () => (await rangeOf(page, PM25)).toS).toBeCloseTo(toS, 1)
    await expect(linesOf(page, PM25)).toHaveCount(6)
  }

  await page.getByText('5 min', { exact: true }).click()
  await expect.poll(() => widthOf(page, PM25)).toBeCloseTo(300)
  await stands()
  await page.getByText('1 min', { exact: true }).click()
  await expect.poll(() => widthOf(page, PM25)).toBeCloseTo(60)
  await stands()
  await expect.poll(() => linesOf(page, PM25).first().getAttribute('d')).toBe(shape)

  await page.keyboard.press('t')
  await stands()
  await context.setOffline(true)
  await context.setOffline(false)
  await stands()
  await page.reload()
  await stands()
  await expect.poll(() => linesOf(page, PM25).first().getAttribute('d')).toBe(shape)

  await page.keyboard.press('l')
  await expectToMove(page, PM25)
  // What came during the pause is there: the line has no gap.
  expect((await linesOf(page, PM25).first().getAttribute('d'))?.match(/M/g)).toHaveLength(1)
})
