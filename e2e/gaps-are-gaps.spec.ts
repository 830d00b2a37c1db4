import { expect, test } from 'playwright/test'
import { figureOf } from './support/charts.ts'
import { fedTailboardForTests } from './support/for-tests.ts'
import { linesOf, openDashboard } from './support/page.ts'

const PM25 = 'PM2.5 over time'

const { tailboard, database } = fedTailboardForTests({ SENSORS: '0', HOST_METRICS: 'off' })

/** Now for all that a test inserts: it may go on into the next second, which would be a gap of its own. */
let nowS: number
test.beforeEach(() => {
  nowS = Math.floor(Date.now() / 1000)
})

/** One reading a second, so many seconds ago; a value of null is one that could not be measured. */
async function insert(id: number, fromAgoS: number, toAgoS: number, pm25: number | null = 12): Promise<void> {
  const rows = Array.from(
    { length: fromAgoS - toAgoS + 1 },
    (_, index) => `(${id}, ${pm25 ?? 'NULL'}, 20, 48.7, 9.1, ${nowS - fromAgoS + index})`,
  )
  await database.query(`INSERT INTO sensors VALUES ${rows.join(', ')}`)
}

test('a line is broken where readings are missing, and never joined', async ({ page }) => {
  await insert(1, 110, 91)
  // A long gap, then a single missing reading, then one that could not be measured.
  await insert(1, 60, 50)
  await insert(1, 48, 40)
  await insert(1, 39, 39, null)
  await insert(1, 38, 30)
  await openDashboard(page, tailboard.url)
  const pieces = async (chart: string) =>
    (await linesOf(page, chart).first().getAttribute('d'))?.match(/M/g)?.length
  await expect.poll(() => pieces(PM25)).toBe(4)
  // The other value was measured all the same.
  expect(await pieces('PM10 over time')).toBe(3)
})

test('the line of a silent sensor ends, and says for how long there has been nothing', async ({ page }) => {
  await insert(2, 60, 0)
  await openDashboard(page, `${tailboard.url}/?window=1m`)
  const end = figureOf(page, PM25).locator('[data-silent-sensor="2"]')
  await expect(end).toContainText(/Sensor 2 silent 1[1-9] s/, { timeout: 25_000 })
  const before = Number(await end.locator('circle').getAttribute('cx'))
  await expect(end).toContainText(/Sensor 2 silent 2\d s/, { timeout: 25_000 })
  // It goes left with its time, and nothing is drawn on from it.
  expect(Number(await end.locator('circle').getAttribute('cx'))).toBeLessThan(before)
})
