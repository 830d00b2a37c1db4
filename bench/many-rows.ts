import { Client } from 'pg'
import type { Page } from 'playwright'
import { startTailboard } from '../e2e/support/tailboard.ts'
import { openPage, startBrowser } from './support/browser.ts'
import type { Bench, Figure } from './support/figure.ts'
import { addMeter, measureWhile, type PageWork } from './support/page-meter.ts'

const ROWS = 100_000
const MAX_TASK_MS = 100
const MAX_DELAY_MS = 100
/** Nothing is where the page has its margin. */
const SPOT = { x: 3, y: 500 }
const COME_MS = 120_000

/** Long tasks and delays of input in the explorer, while so many rows come as a snapshot, are written, and are sorted. */
export const manyRows: Bench = async () => {
  const app = await startTailboard({ SENSORS: '0', HOST_METRICS: 'off', LOG_LEVEL: 'warn' })
  const browser = await startBrowser()
  const database = new Client({ connectionString: app.databaseUrl })
  try {
    await database.connect()
    await database.query('CREATE TABLE many (id int, name text, v double precision)')
    const page = await openPage(browser)
    await addMeter(page)

    await page.goto(`${app.url}/relations/many`)
    await page.getByText('many has no rows now').waitFor()
    const written = await measureWhile(page, SPOT, async () => {
      await database.query(
        `INSERT INTO many SELECT n, 'row ' || n, sin(n / 1000.0) FROM generate_series(1, ${ROWS}) AS s(n)`,
      )
      await untilAll(page)
    })
    const sorted = await measureWhile(page, SPOT, async () => {
      await page.getByRole('button', { name: /^v/ }).click()
      await page.locator('[aria-sort=ascending]', { hasText: 'v' }).waitFor({ timeout: COME_MS })
    })

    // Anew, and not from what the other page has in its worker.
    await page.context().close()
    const fresh = await openPage(browser)
    await addMeter(fresh)
    await fresh.goto(`${app.url}/relations`)
    const link = fresh.getByRole('link', { name: 'many' })
    await link.waitFor()
    const snapshot = await measureWhile(fresh, SPOT, async () => {
      await link.click()
      await untilAll(fresh)
    })
    return [
      ...toFigures('read', snapshot),
      ...toFigures('written', written),
      ...toFigures('sorted by another column', sorted),
    ]
  } finally {
    await database.end()
    await browser.close()
    await app.stop()
  }
}

async function untilAll(page: Page): Promise<void> {
  const table = page.getByRole('table', { name: `Rows, ${ROWS.toLocaleString('en-US')}` })
  await table.waitFor({ timeout: COME_MS })
}

function toFigures(what: string, { longTasksMs, inputDelaysMs }: PageWork): Figure[] {
  const rows = `${ROWS.toLocaleString('en-US')} rows ${what}`
  return [
    {
      measure: `longest task, ${rows}`,
      ours: Math.max(0, ...longTasksMs),
      baseline: MAX_TASK_MS,
      unit: 'ms',
      against: 'the bound',
      bar: 1,
      note: `${longTasksMs.length} took more than 50 ms`,
    },
    {
      measure: `longest delay of input, ${rows}`,
      ours: Math.max(0, ...inputDelaysMs),
      baseline: MAX_DELAY_MS,
      unit: 'ms',
      against: 'the bound',
      bar: 1,
      note: `of ${inputDelaysMs.length} presses`,
    },
  ]
}
