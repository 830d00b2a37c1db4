import { expect, type Page, test } from 'playwright/test'
import { tailboardForTests } from './support/for-tests.ts'
import { expectState, openDashboard } from './support/page.ts'

const tailboard = tailboardForTests()

/** What has the focus, and whether that is seen. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement ?? document.body
    const marked = element.closest('label') ?? element
    const isSeen = [element, marked].some((one) => getComputedStyle(one).outlineStyle !== 'none')
    const own = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40)
    return { name: `${element.tagName} ${own || element.id}`, isSeen, isBody: element === document.body }
  })

test('the whole page is walked by Tab, each stop seen, and none is a trap', async ({ page }) => {
  test.setTimeout(120_000)
  await openDashboard(page, tailboard.url)
  await page.keyboard.press('Tab')
  expect((await focused(page)).name).toBe('A To the content')
  const stops: string[] = []
  for (let presses = 0; presses < 400; presses += 1) {
    await page.keyboard.press('Tab')
    const { name, isSeen, isBody } = await focused(page)
    if (isBody || name === 'A To the content') break
    expect(isSeen, `focus on ${name}`).toBe(true)
    stops.push(name)
  }
  expect(stops.length).toBeLessThan(400)
  for (const part of ['Overview', 'Relations', 'About the connection', 'Alerts', 'Keys', 'Pause', 'PM2.5'])
    expect(
      stops.some((stop) => stop.includes(part)),
      part,
    ).toBe(true)
})

test('the content is one key press from the top', async ({ page }) => {
  await openDashboard(page, tailboard.url)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
})

test('a rule is made, and deleted, by keys alone', async ({ page }) => {
  await openDashboard(page, tailboard.url)
  await page.keyboard.press('a')
  const dialog = page.getByRole('dialog', { name: 'Alerts' })
  await expect(dialog).toBeVisible()
  const limit = dialog.getByRole('textbox', { name: 'Limit' })
  for (
    let presses = 0;
    presses < 10 && !(await limit.evaluate((own) => own === document.activeElement));
    presses += 1
  )
    await page.keyboard.press('Tab')
  await page.keyboard.press('ControlOrMeta+a')
  // Letters that are shortcuts are letters while one types.
  await page.keyboard.type('77')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('listitem')).toContainText('PM2.5 > 77 for 60 s')
  await dialog.getByRole('button', { name: /^Delete the rule/ }).press('Enter')
  await expect(dialog.getByText('There is no rule yet')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
})

test('all keys are on a sheet, and single letters can be switched off', async ({ page }) => {
  await openDashboard(page, tailboard.url)
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keys' })
  await expect(sheet).toContainText('Kiosk view on and off')
  await page.keyboard.press('k')
  await expect(page).not.toHaveURL(/kiosk/)
  await sheet.getByRole('checkbox').press('Space')
  await page.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
  await page.keyboard.press('k')
  await page.keyboard.press('a')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page).not.toHaveURL(/kiosk/)
  await page.getByRole('button', { name: 'Keys' }).press('Enter')
  await sheet.getByRole('checkbox').press('Space')
  await page.keyboard.press('Escape')
  await page.keyboard.press('k')
  await expect(page).toHaveURL(/kiosk=1/)
})

test('the theme, the pages and the pause are at the keys', async ({ page }) => {
  await openDashboard(page, tailboard.url)
  await page.keyboard.press('t')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await page.keyboard.press('t')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  // The theme is there before the page listens.
  await expectState(page, 'Live')
  await page.keyboard.press('p')
  await expect(page).toHaveURL(/at=/)
  await page.keyboard.press('l')
  await expect(page).not.toHaveURL(/at=/)
  await page.keyboard.press('r')
  await expect(page).toHaveURL(/\/relations$/)
  await page.keyboard.press('o')
  await expect(page).toHaveURL(/:\d+\/$/)
})
