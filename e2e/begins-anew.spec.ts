import { Client } from 'pg'
import { expect, type Page, test } from 'playwright/test'
import { tailboardForTests } from './support/for-tests.ts'
import { expectState, openDashboard } from './support/page.ts'
import { descendants } from './support/processes.ts'

const CHART = 'PM2.5 over time'

// Nobody but the test writes, so nobody fills in what was lost.
const tailboard = tailboardForTests({ SENSORS: '0' })

/** A reading of each of two sensors for each second between two ages. The table may not be there yet. */
async function report(fromAgeS: number, toAgeS: number): Promise<void> {
  await expect(async () => {
    const database = new Client({ connectionString: tailboard.databaseUrl })
    await database.connect()
    try {
      const now = Date.now() / 1000
      const rows = Array.from({ length: fromAgeS - toAgeS }, (_, index) => now - fromAgeS + index).flatMap(
        (t) => [1, 2].map((id) => `(${id}, ${10 * id + (t % 5)}, ${20 * id}, 48.78, 9.18, ${t})`),
      )
      await database.query(`INSERT INTO sensors VALUES ${rows.join(', ')}`)
    } finally {
      await database.end()
    }
  }).toPass({ timeout: 30_000 })
}

const curves = (page: Page, former: boolean) =>
  page
    .getByRole('figure', { name: CHART })
    .locator(`path.recharts-line-curve${former ? '[data-former="true"]' : ':not([data-former])'}`)

/** Where the points of a line stand, in pixels from the left. */
async function timesOf(page: Page, former: boolean): Promise<number[]> {
  const path = (await curves(page, former).first().getAttribute('d')) ?? ''
  return [...path.matchAll(/([\d.]+),[\d.]+/g)].map(([, x]) => Number(x))
}

test('when the database begins anew, former lines stay, marked, with a gap before the new ones', async ({
  page,
}) => {
  test.setTimeout(120_000)
  await report(120, 1)
  await openDashboard(page, tailboard.url)
  await expect(curves(page, false)).toHaveCount(2)
  await expect(curves(page, true)).toHaveCount(0)

  const engine = descendants(tailboard.pid).find(({ command }) => command.includes('lib/engine/main.ts'))
  // Pid 0 would mean the test's own process group.
  if (!engine) throw new Error('No engine was found below the launcher')
  process.kill(engine.pid, 'SIGKILL')
  await expect(curves(page, true)).toHaveCount(2, { timeout: 60_000 })
  await expect(curves(page, false)).toHaveCount(0)
  await expectState(page, 'Live', 30_000)

  await report(2, 0)
  await expect(curves(page, false)).toHaveCount(2)
  await report(1, 0)
  await expect(curves(page, true)).toHaveCount(2)
  const gap = async () => {
    const [former, next] = [await timesOf(page, true), await timesOf(page, false)]
    return (next[0] ?? Number.NaN) - (former.at(-1) ?? Number.NaN)
  }
  await expect.poll(gap).toBeGreaterThan(1)
  const former = await timesOf(page, true)
  expect((former.at(-1) ?? 0) - (former[0] ?? 0)).toBeGreaterThan(20)
  await page.screenshot({ path: 'test-results/begins-anew.png', fullPage: true })
})
