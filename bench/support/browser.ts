import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { findChromium } from '../../e2e/support/find-chromium.ts'

/** As the tests start it: root has no sandbox to give away, and a browser under test has nobody to call. */
const ARGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
]

/** A Chromium as the reader has one. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: findChromium(), args: ARGS })

/** A page of its own, in a window of 1,440 by 900 pixels. */
export async function openPage(browser: Browser): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  // tsx wraps named functions in a helper, which those that run in the page would miss there.
  await context.addInitScript('globalThis.__name = (named) => named')
  return context.newPage()
}

const FULL_TIMEOUT_MS = 180_000

/** Resolves once there is a chart with lines in it. */
export async function untilChart(page: Page): Promise<void> {
  const line = page.locator('figure path.recharts-line-curve').first()
  await line.waitFor({ state: 'attached', timeout: FULL_TIMEOUT_MS })
}

/** Resolves once all that the dashboard loads late is there, too. */
export async function untilFull(page: Page): Promise<void> {
  const options = { timeout: FULL_TIMEOUT_MS }
  await untilChart(page)
  await page.getByRole('application').waitFor(options)
  await page.locator('[data-sensor]').first().waitFor(options)
}
