import { watchScripts, watchShifts } from '../e2e/support/first-load.ts'
import { startTailboard } from '../e2e/support/tailboard.ts'
import { openPage, startBrowser, untilChart, untilFull } from './support/browser.ts'
import type { Bench, Figure } from './support/figure.ts'
import { askLighthouse } from './support/lighthouse.ts'

const MAX_SCRIPT_KB = 290
const MAX_SHIFT = 0.05
const SETTLE_MS = 3_000
const CATEGORIES = ['accessibility', 'best-practices']

/** What the first load of the page costs, how much it jumps, and what Lighthouse says of it. */
export const pageLoad: Bench = async () => {
  const [app, browser] = [await startTailboard({ LOG_LEVEL: 'warn' }), await startBrowser()]
  try {
    const page = await openPage(browser)
    const scriptsSoFar = await watchScripts(page)
    const shiftsSoFar = await watchShifts(page)
    await page.goto(app.url)
    await untilChart(page)
    const scripts = await scriptsSoFar()
    await untilFull(page)
    await page.waitForTimeout(SETTLE_MS)
    const shifts = await shiftsSoFar()
    await page.context().close()
    const scores = (await askLighthouse(app.url, CATEGORIES)) ?? []
    return [
      {
        measure: 'script until the first chart, gzipped',
        ours: scripts.reduce((sum, { bytes }) => sum + bytes, 0) / 1024,
        baseline: MAX_SCRIPT_KB,
        unit: 'KB',
        against: 'the bound',
        bar: 1,
        note: `${scripts.length} files`,
      },
      {
        measure: 'layout shift of the first load',
        ours: shifts.reduce((sum, { value }) => sum + value, 0),
        baseline: MAX_SHIFT,
        unit: '',
        against: 'the bound',
        bar: 1,
      },
      ...scores.map(
        ({ category, score, faults }): Figure => ({
          measure: `Lighthouse, ${category}`,
          ours: score,
          baseline: 100,
          unit: '',
          against: 'the best there is',
          bar: 1,
          isFloor: true,
          ...(faults.length > 0 && { note: faults.join('; ') }),
        }),
      ),
    ]
  } finally {
    await Promise.allSettled([browser.close(), app.stop()])
  }
}
