import { expect, test } from 'playwright/test'
import { watchScripts, watchShifts } from './support/first-load.ts'
import { tailboardForTests } from './support/for-tests.ts'
import { linesOf } from './support/page.ts'

const MAX_SCRIPT_BYTES = 290 * 1024
const MAX_SHIFT = 0.05

const tailboard = tailboardForTests()

test('at most 290 KB of script, gzipped, are loaded until the first chart is drawn', async ({ page }) => {
  const scriptsSoFar = await watchScripts(page)
  await page.goto(tailboard.url)
  await expect(linesOf(page, 'PM2.5 over time').first()).toBeAttached()
  const sizes = await scriptsSoFar()
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
  console.log(`${Math.round(total / 1024)} KB of script in ${sizes.length} files`)
  expect(sizes.length).toBeGreaterThan(3)
  expect(total, JSON.stringify(sizes, undefined, 2)).toBeLessThanOrEqual(MAX_SCRIPT_BYTES)
})

for (const width of [390, 1280, 1920]) {
  test(`nothing jumps while the page fills, ${width} pixels wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 })
    const shiftsSoFar = await watchShifts(page)
    await page.goto(tailboard.url)
    await expect(linesOf(page, 'PM10 over time').first()).toBeVisible()
    await expect(page.getByRole('region', { name: 'This machine' })).toContainText(/\d+(\.\d+)?\s*%/)
    const shifts = await shiftsSoFar()
    const total = shifts.reduce((sum, { value }) => sum + value, 0)
    console.log(`layout shift of ${total.toFixed(4)} at ${width} pixels`)
    expect(total, JSON.stringify(shifts, undefined, 2)).toBeLessThan(MAX_SHIFT)
  })
}
