import { expect, type Page } from 'playwright/test'

export const figureOf = (page: Page, chart: string) => page.getByRole('figure', { name: chart })

/** The part of a chart that hands and keys work on. */
export const plotOf = (page: Page, chart: string) => page.getByRole('slider', { name: `Moment in ${chart}` })

/** The stretch of time that a chart shows now, in Unix seconds. */
export async function rangeOf(page: Page, chart: string): Promise<{ fromS: number; toS: number }> {
  const figure = figureOf(page, chart)
  await expect(figure).toHaveAttribute('data-to', /\d/)
  const [from, to] = await Promise.all(['data-from', 'data-to'].map((name) => figure.getAttribute(name)))
  return { fromS: Number(from), toS: Number(to) }
}

/** How wide the stretch is, in seconds. */
export async function widthOf(page: Page, chart: string): Promise<number> {
  const { fromS, toS } = await rangeOf(page, chart)
  return toS - fromS
}

/** Waits until so many readings have come while the charts stood. */
export async function expectArrived(page: Page, least: number): Promise<void> {
  const count = async () => Number(await page.locator('[data-arrived]').getAttribute('data-arrived'))
  await expect.poll(count, { timeout: 30_000 }).toBeGreaterThanOrEqual(least)
}

/** Drags over a chart from one share of its width to another; lets go unless told otherwise. */
export async function drag(page: Page, chart: string, from: number, to: number, letGo = true): Promise<void> {
  const plot = plotOf(page, chart)
  await plot.scrollIntoViewIfNeeded()
  const box = await plot.boundingBox()
  if (!box) throw new Error(`${chart} is not there`)
  const y = box.y + box.height / 2
  await page.mouse.move(box.x + box.width * from, y)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * ((from + to) / 2), y)
  await page.mouse.move(box.x + box.width * to, y)
  if (letGo) await page.mouse.up()
}
