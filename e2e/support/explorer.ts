import { expect, type Page } from 'playwright/test'
import { expectState } from './page.ts'

/** Opens the page of a relation and fails the test on whatever the browser complains of. */
export async function openRelation(page: Page, url: string, name: string, search = ''): Promise<void> {
  page.on('pageerror', (error) => {
    throw error
  })
  await page.goto(`${url}/relations/${encodeURIComponent(name)}${search}`)
}

/** The same, with its rows there. */
export async function openLiveRelation(page: Page, url: string, name: string, search = ''): Promise<void> {
  await openRelation(page, url, name, search)
  await expectState(page, 'Live')
}

/** The rows in view, the one with the names left out. */
export const rowsOf = (page: Page) =>
  page.getByRole('table', { name: /^Rows/ }).locator('[role=row][aria-rowindex]:not([aria-rowindex="1"])')

/** The cells of each row in view, without the sign and the count. */
export async function cellsOf(page: Page): Promise<string[][]> {
  const rows = await rowsOf(page).all()
  return Promise.all(
    rows.map(async (row) =>
      (await row.getByRole('cell').allInnerTexts()).slice(1).map((text) => text.trim()),
    ),
  )
}

/** Waits until the table has exactly these rows, each as its cells. */
export async function expectRows(
  page: Page,
  rows: readonly (readonly string[])[],
  timeout = 15_000,
): Promise<void> {
  await expect.poll(() => cellsOf(page), { timeout }).toEqual(rows)
}
