import { expect, type Locator, test } from 'playwright/test'
import { tailboardForTests } from './support/for-tests.ts'
import { linesOf, openDashboard } from './support/page.ts'

const tailboard = tailboardForTests()

test('a wall shows the page without its controls, in larger type, and loses the pointer', async ({
  page,
}) => {
  await openDashboard(page, tailboard.url)
  const size = () =>
    page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize))
  const before = await size()
  await page.keyboard.press('k')
  await expect(page).toHaveURL(/kiosk=1/)
  await expect(page.getByRole('link', { name: 'Relations' })).toHaveCount(0)
  expect(await size()).toBeGreaterThan(before)
  await expect(page.getByRole('button', { name: /^About the connection/ })).toBeVisible()

  await page.goto(`${tailboard.url}/?kiosk=1`)
  await expect(page.getByRole('link', { name: 'Relations' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Full screen' })).toBeVisible()
  await expect(page.locator('html')).toHaveCSS('cursor', 'none')
  await page.mouse.move(100, 100)
  await expect(page.locator('html')).not.toHaveCSS('cursor', 'none')
  await page.getByRole('button', { name: 'Leave kiosk view' }).click()
  await expect(page.getByRole('link', { name: 'Relations' })).toBeVisible()
  await expect(page).not.toHaveURL(/kiosk/)
})

for (const [width, height] of [
  [1280, 720],
  [1920, 1080],
  [2560, 1440],
] as const) {
  test(`on a wall of ${width} by ${height} nothing that matters is below the edge`, async ({ page }) => {
    await page.setViewportSize({ width, height })
    await openDashboard(page, `${tailboard.url}/?kiosk=1`)
    const end = async (part: Locator) => {
      const box = await part.boundingBox()
      return box ? box.y + box.height : Number.POSITIVE_INFINITY
    }
    for (const chart of ['PM2.5 over time', 'PM10 over time']) {
      await expect(linesOf(page, chart).first()).toBeVisible()
      await expect.poll(() => end(page.getByRole('figure', { name: chart }))).toBeLessThanOrEqual(height)
    }
    for (const name of ['Map', 'By category'])
      await expect
        .poll(() => end(page.getByRole('region', { name, exact: true })))
        .toBeLessThanOrEqual(height)
  })
}

test('the screen is kept on, also after the page was hidden', async ({ page }) => {
  await page.addInitScript(() => {
    const locks: { released: boolean }[] = []
    const request = () => {
      const lock = { released: false, release: () => Promise.resolve() }
      locks.push(lock)
      return Promise.resolve(lock)
    }
    Object.defineProperty(navigator, 'wakeLock', { value: { request } })
    Object.assign(globalThis, { locks })
  })
  await openDashboard(page, `${tailboard.url}/?kiosk=1`)
  await expect(page.getByText('The screen stays on.')).toBeAttached()
  const setVisibility = (state: string) =>
    page.evaluate((now) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => now })
      // The browser lets go of the lock of a page that nobody sees.
      const { locks } = globalThis as unknown as { locks: { released: boolean }[] }
      if (now === 'hidden') for (const lock of locks) lock.released = true
      document.dispatchEvent(new Event('visibilitychange'))
      return locks.filter(({ released }) => !released).length
    }, state)
  expect(await setVisibility('hidden')).toBe(0)
  await setVisibility('visible')
  const held = () =>
    page.evaluate(
      () =>
        (globalThis as unknown as { locks: { released: boolean }[] }).locks.filter((lock) => !lock.released)
          .length,
    )
  await expect.poll(held).toBe(1)
})

test('where the browser will not keep the screen on, the page says so', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(globalThis, 'isSecureContext', { value: false }))
  await openDashboard(page, `${tailboard.url}/?kiosk=1`)
  await expect(page.getByText('This screen may fall asleep')).toBeVisible()
})

test('a page on a wall loads itself again when the server runs another build', async ({ page }) => {
  await openDashboard(page, `${tailboard.url}/?kiosk=1`)
  await expect(page.getByRole('complementary', { name: 'Kiosk' })).toBeAttached()
  await page.evaluate(() => Object.assign(globalThis, { isOld: true }))
  await page.route('**/api/health/live', (route) =>
    route.fulfill({ json: { status: 'live', build: 'another' } }),
  )
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await expect.poll(() => page.evaluate(() => 'isOld' in globalThis).catch(() => true)).toBe(false)
})

test('a page on a wall that broke loads itself again', async ({ page }) => {
  await page.goto(`${tailboard.url}/?kiosk=1`)
  await expect(page.getByRole('button', { name: 'About the connection: Live' })).toBeVisible()
  await page.evaluate(() =>
    Object.defineProperty(Intl.NumberFormat.prototype, 'format', {
      get: () => () => {
        throw new Error('Broken by the test')
      },
    }),
  )
  await expect(page.getByRole('heading', { name: 'Something in this page broke' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Air quality, live' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'About the connection: Live' })).toBeVisible()
})
