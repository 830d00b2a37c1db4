import { expect, test } from 'playwright/test'
import { figureOf } from './support/charts.ts'
import { tailboardForTests } from './support/for-tests.ts'
import { expectToMove, openDashboard } from './support/page.ts'

const PM25 = 'PM2.5 over time'

const tailboard = tailboardForTests({ SENSORS: '4', HOST_METRICS: 'off' })

test('a chart is also one sentence, and a table that has all of it', async ({ page }) => {
  await openDashboard(page, `${tailboard.url}/?window=1m`)
  await expectToMove(page, PM25)
  await expect(figureOf(page, PM25)).toHaveAccessibleDescription(
    /^PM2\.5 of 4 sensors over the last minute: .*between \d+\.\d and \d+\.\d µg\/m³, highest at sensor \d at .*\.$/,
  )
  await page.getByRole('button', { name: `Show as table: ${PM25}` }).click()
  const table = page.getByRole('region', { name: `${PM25} as a table` })
  await expect(table.getByRole('columnheader')).toHaveText([
    'From',
    'Sensor 1',
    'Sensor 2',
    'Sensor 3',
    'Sensor 4',
  ])
  await expect(table.getByRole('row').nth(2).getByRole('cell').first()).toHaveText(/^\d+\.\d$/)
  await page.getByRole('button', { name: `Hide table: ${PM25}` }).click()
  await expect(table).toHaveCount(0)
})

test('the thresholds lie behind the lines, and are named', async ({ page }) => {
  await openDashboard(page, tailboard.url)
  await expect(figureOf(page, 'PM10 over time')).toBeVisible()
  await expect(figureOf(page, PM25)).toContainText('Moderate')
})

test('nothing is said aloud as long as only readings come', async ({ page }) => {
  await openDashboard(page, tailboard.url)
  await expectToMove(page, PM25)
  await page.evaluate(() => {
    document.body.dataset.said = '0'
    new MutationObserver((changes) => {
      const isSaid = ({ target }: MutationRecord) => {
        const element = target instanceof Element ? target : target.parentElement
        return Boolean(
          element?.closest('[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]'),
        )
      }
      const said = changes.filter(isSaid).length
      if (said > 0) document.body.dataset.said = String(Number(document.body.dataset.said) + said)
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  for (let picture = 0; picture < 4; picture += 1) await expectToMove(page, PM25)
  await expect(page.locator('body')).toHaveAttribute('data-said', '0')
  // What matters is said.
  await page.keyboard.press('p')
  await expect(page.locator('body')).not.toHaveAttribute('data-said', '0')
})

test.describe('for a reader in Germany', () => {
  test.use({ locale: 'de-DE' })

  test('numbers and times are written as there', async ({ page }) => {
    await openDashboard(page, tailboard.url)
    await expect(page.getByRole('group', { name: 'PM2.5 mean' })).toContainText(/\d+,\d/)
    await expect(page.locator('[data-shown-time]')).toHaveText(/^\d\d:\d\d:\d\d – \d\d:\d\d:\d\d$/)
  })
})
