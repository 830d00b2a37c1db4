import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright'
import { startTailboard } from '../e2e/support/tailboard.ts'
import { openPage, startBrowser, untilFull } from './support/browser.ts'
import type { Bench, Figure } from './support/figure.ts'
import { HeapMeter } from './support/heap.ts'
import { addHiding, hideFor } from './support/hidden-page.ts'
import { startReplay } from './support/replay.ts'

const MANY = 1_000

/** What a page that stays open holds, and what it does while it is hidden. */
export const pageMemory: Bench = async ({ isFull }) => {
  // The ten minutes that a page holds are there at its start, what it keeps for a minute is there after that, and
  // so is most of the code that the browser compiles: what it gains later, it gains at any time.
  const [earlyS, lateS] = isFull ? [120, 600] : [90, 180]
  const [hiddenS, window] = isFull ? [300, '10m'] : [30, '1m']
  const [app, browser] = [await startTailboard({ LOG_LEVEL: 'warn' }), await startBrowser()]
  const replay = await startReplay(app.url, MANY)
  try {
    const few = await open(browser, `${app.url}/?window=${window}`)
    const many = await open(browser, replay.url)
    await sleep(earlyS * 1_000)
    const [fewEarly, manyEarly] = [await few.meter.heldBytes(), await many.meter.heldBytes()]
    await sleep((lateS - earlyS) * 1_000)
    const [fewLate, manyLate] = [await few.meter.heldBytes(), await many.meter.heldBytes()]
    await many.page.context().close()
    const heap = (sensors: string, ours: number, baseline: number, hasWorker: boolean): Figure => ({
      measure: `heap of the page, ${sensors}, after ${lateS} s`,
      ours: ours / 2 ** 20,
      baseline: baseline / 2 ** 20,
      unit: 'MiB',
      against: `after ${earlyS} s`,
      bar: 1.1,
      note: hasWorker ? 'with its worker' : 'without its worker',
    })
    const { charts, paintsWhileHidden, paintsToCatchUp } = await hideFor(few.page, hiddenS * 1_000)
    return [
      heap('24 sensors', fewLate, fewEarly, few.meter.hasWorker),
      heap(`${MANY} sensors, replayed`, manyLate, manyEarly, many.meter.hasWorker),
      {
        measure: `pictures of charts, hidden for ${hiddenS} s and shown again`,
        ours: paintsWhileHidden + paintsToCatchUp,
        baseline: charts,
        unit: '',
        against: 'charts',
        bar: 1,
        note: `${paintsWhileHidden} while hidden`,
      },
    ]
  } finally {
    await browser.close()
    await Promise.allSettled([replay.stop(), app.stop()])
  }
}

async function open(browser: Browser, url: string): Promise<{ page: Page; meter: HeapMeter }> {
  const page = await openPage(browser)
  await addHiding(page)
  await page.goto(url)
  await untilFull(page)
  return { page, meter: await HeapMeter.of(page, browser) }
}
