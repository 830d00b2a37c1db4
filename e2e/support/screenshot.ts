import { chromium } from 'playwright'
import { findChromium } from './find-chromium.ts'
import { expectToMove, openDashboard } from './page.ts'
import { startTailboard } from './tailboard.ts'

// Takes the pictures of the README: `npm run screenshot`.
const tailboard = await startTailboard()
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : [],
})
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    const viewport = { width: 1280, height: 960 }
    const page = await browser.newPage({ viewport, colorScheme, deviceScaleFactor: 1.5 })
    await openDashboard(page, tailboard.url)
    await expectToMove(page, 'PM2.5 over time')
    await page.screenshot({ path: `docs/screenshot-${colorScheme}.png` })
  }
} finally {
  await browser.close()
  await tailboard.stop()
}
