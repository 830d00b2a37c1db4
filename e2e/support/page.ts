import { expect, type Page } from 'playwright/test'

/** Opens the dashboard and fails the test on whatever the browser complains of. */
export async function openDashboard(page: Page, url: string, state = 'Live'): Promise<void> {
  page.on('pageerror', (error) => {
    throw error
  })
  await page.goto(url)
  await expectState(page, state)
}

/** The connection in words, as a reader sees it. */
export async function expectState(page: Page, words: string, timeout = 15_000): Promise<void> {
  await expect(page.getByRole('status', { name: 'Connection' })).toContainText(words, { timeout })
}

/** The lines of a chart. */
export const linesOf = (page: Page, chart: string) =>
  page.getByRole('figure', { name: chart }).locator('path.recharts-line-curve')

/** Waits until the first line of a chart has another shape than it has now. */
export async function expectToMove(page: Page, chart: string): Promise<void> {
  const line = linesOf(page, chart).first()
  await expect(line).toBeVisible()
  const before = await line.getAttribute('d')
  await expect.poll(() => line.getAttribute('d')).not.toBe(before)
}
