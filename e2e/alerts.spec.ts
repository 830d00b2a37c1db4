import { expect, type Page, test } from 'playwright/test'
import { fedTailboardForTests } from './support/for-tests.ts'
import { openDashboard } from './support/page.ts'

const { tailboard, database } = fedTailboardForTests({ SENSORS: '2' })

/** One reading for each second from a time on. */
async function insert(sensor: number, fromS: number, values: readonly number[]): Promise<void> {
  const rows = values.map((pm25, index) => `(${sensor}, ${pm25}, 10, 48.78, 9.18, ${fromS + index})`)
  await database.query(`INSERT INTO sensors VALUES ${rows.join(', ')}`)
}

async function addRule(page: Page, { limit, forS, sensor }: { limit: string; forS: string; sensor: number }) {
  await page.getByRole('textbox', { name: 'Limit in micrograms' }).fill(limit)
  await page.getByRole('textbox', { name: 'For how many seconds' }).fill(forS)
  await page.getByRole('combobox', { name: 'Sensors' }).click()
  await page.getByRole('option', { name: 'one sensor' }).click()
  await page.getByRole('textbox', { name: 'Number of the sensor' }).fill(String(sensor))
  await page.getByRole('button', { name: 'Add rule' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: `> ${limit}` })).toContainText(`sensor ${sensor}`)
}

const bell = (page: Page) => page.getByRole('button', { name: /^Alerts/ })
const alerts = (page: Page) => page.getByRole('dialog', { name: 'Alerts' })
const nowS = () => Math.floor(Date.now() / 1000)

test('a rule fires once its condition has held, is listed with start and end, and is there after a reload', async ({
  page,
}) => {
  const sensor = 9001
  await openDashboard(page, tailboard.url)
  await bell(page).click()
  await addRule(page, { limit: '80', forS: '0', sensor })
  await addRule(page, { limit: '81', forS: '3', sensor })
  await page.keyboard.press('Escape')

  const from = nowS() + 1
  await insert(sensor, from, [88, 88, 88])
  // The rule without a duration tells that the readings have been seen.
  await expect(bell(page)).toHaveAccessibleName('Alerts: 1 firing')
  await expect(page).toHaveTitle('(1) Tailboard')
  await insert(sensor, from + 3, [88])
  await expect(bell(page)).toHaveAccessibleName('Alerts: 2 firing')
  await expect(page).toHaveTitle('(2) Tailboard')
  await expect(page.getByRole('status', { name: 'Alerts' })).toContainText(/[Aa]lert/)
  await expect(
    page.getByRole('figure', { name: 'PM2.5 over time' }).getByText(`Sensor ${sensor}`).first(),
  ).toBeAttached()

  await insert(sensor, from + 4, [12])
  await expect(bell(page)).toHaveAccessibleName('Alerts')
  await expect(page).toHaveTitle('Tailboard')
  await bell(page).click()
  const row = alerts(page).getByRole('row').filter({ hasText: 'PM2.5 > 81 for 3 s' })
  const time = (s: number) =>
    page.evaluate((ms) => new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }).format(ms), s * 1000)
  await expect(row).toContainText(await time(from))
  await expect(row).toContainText(await time(from + 4))

  await page.reload()
  await bell(page).click()
  await expect(row).toContainText(await time(from + 4))
  await expect(alerts(page).getByRole('row').filter({ hasText: '> 81' })).toHaveCount(1)
})

test('a rule is held against readings while the tab is hidden, and fires once for all tabs', async ({
  context,
}) => {
  const sensor = 9002
  const [page, other] = [await context.newPage(), await context.newPage()]
  for (const one of [page, other]) await openDashboard(one, tailboard.url)
  await bell(page).click()
  await addRule(page, { limit: '80', forS: '3', sensor })
  await page.keyboard.press('Escape')
  for (const one of [page, other]) {
    await one.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' })
      document.dispatchEvent(new Event('visibilitychange'))
    })
  }
  await insert(sensor, nowS() + 1, [88, 88, 88, 88, 88])
  for (const one of [page, other]) await expect(one).toHaveTitle('(1) Tailboard')
  await bell(other).click()
  await expect(
    alerts(other)
      .getByRole('row')
      .filter({ hasText: String(sensor) }),
  ).toHaveCount(1)
})

test('what is wrong with a rule is said beside it', async ({ page }) => {
  await openDashboard(page, tailboard.url)
  await bell(page).click()
  const limit = page.getByRole('textbox', { name: 'Limit in micrograms' })
  await limit.fill('plenty')
  await page.getByRole('button', { name: 'Add rule' }).click()
  await expect(limit).toBeFocused()
  await expect(limit).toHaveAccessibleDescription(/from 0 to 10000/)
  await expect(alerts(page).getByText('There is no rule yet')).toBeVisible()
})

test('notifications are asked for only by a click, told once for all tabs, and a refusal is said', async ({
  context,
}) => {
  const sensor = 9003
  await context.addInitScript(() => {
    const told: string[] = []
    const state = { asked: 0 }
    class FakeNotification {
      static permission = 'default'
      onclick: unknown
      constructor(title: string, { body }: { body: string }) {
        told.push(`${title}: ${body}`)
      }
      static requestPermission() {
        state.asked += 1
        FakeNotification.permission = 'granted'
        return Promise.resolve('granted')
      }
    }
    Object.assign(globalThis, { Notification: FakeNotification, told, state })
  })
  const [page, other] = [await context.newPage(), await context.newPage()]
  for (const one of [page, other]) await openDashboard(one, tailboard.url)
  const asked = () => page.evaluate(() => (globalThis as unknown as { state: { asked: number } }).state.asked)
  await bell(page).click()
  await addRule(page, { limit: '80', forS: '0', sensor })
  expect(await asked()).toBe(0)
  await page.getByRole('checkbox', { name: 'Notify me' }).click()
  await expect(page.getByRole('checkbox', { name: 'Notify me' })).toBeChecked()
  expect(await asked()).toBe(1)
  await other.evaluate(() => Object.assign(Notification, { permission: 'granted' }))
  await insert(sensor, nowS() + 1, [88])
  for (const one of [page, other]) await expect(one).toHaveTitle('(1) Tailboard')
  const told = await Promise.all(
    [page, other].map((one) => one.evaluate(() => (globalThis as unknown as { told: string[] }).told)),
  )
  expect(told.flat()).toEqual([`Sensor ${sensor}: PM2.5 > 80`])

  await page.evaluate(() => Object.assign(Notification, { permission: 'denied' }))
  await page.keyboard.press('Escape')
  await bell(page).click()
  await expect(alerts(page).getByText('has been told not to show notifications')).toBeVisible()
})
