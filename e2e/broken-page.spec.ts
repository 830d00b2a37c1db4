import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from 'playwright/test'
import { startTailboard, type Tailboard } from './support/tailboard.ts'

const MENDED = 'mended'

let tailboard: Tailboard
test.beforeAll(async () => {
  test.setTimeout(240_000)
  tailboard = await startTailboard()
})
test.afterAll(() => tailboard.stop())

/** Makes the browser fail in what is around every page, until it is said to be mended. */
async function breakLayout(page: Page): Promise<void> {
  await page.addInitScript((mended) => {
    if (sessionStorage.getItem(mended)) return
    Object.defineProperty(navigator, 'locks', {
      get: () => {
        throw new Error('This browser has been broken by a test')
      },
    })
  }, MENDED)
}

const heading = (page: Page) => page.getByRole('heading', { name: 'This page could not be drawn' })
const mend = (page: Page) => page.evaluate((mended) => sessionStorage.setItem(mended, '1'), MENDED)

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`${colorScheme}:`, () => {
    test.use({ colorScheme })

    test('where what is around every page breaks, a page says so and loads it again', async ({ page }) => {
      await breakLayout(page)
      await page.goto(tailboard.url)
      await expect(heading(page)).toBeVisible()
      await expect(page).toHaveTitle('Tailboard could not be drawn')
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
      await expect(page.locator('html')).toHaveCSS('color-scheme', colorScheme)
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
      await page.screenshot({ path: `test-results/broken-page-${colorScheme}.png` })

      await mend(page)
      await page.getByRole('button', { name: 'Load it again' }).click()
      await expect(page.getByRole('status', { name: 'Connection' })).toContainText('Live')
    })
  })
}

test('the theme of the address holds for it, too, and a wall loads it again by itself', async ({ page }) => {
  test.setTimeout(60_000)
  await breakLayout(page)
  await page.goto(`${tailboard.url}/relations?theme=dark&kiosk=1`)
  await expect(heading(page)).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.getByRole('main')).toContainText('loads itself again')
  await mend(page)
  await expect(heading(page)).toBeHidden({ timeout: 20_000 })
  await expect(page.getByRole('link', { name: /sensors_view/ }).first()).toBeVisible()
})
