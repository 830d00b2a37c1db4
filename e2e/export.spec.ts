import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from 'playwright/test'
import { figureOf, rangeOf } from './support/charts.ts'
import { tailboardForTests } from './support/for-tests.ts'
import { linesOf, openDashboard } from './support/page.ts'

const PM25 = 'PM2.5 over time'

const tailboard = tailboardForTests({ SENSORS: '4', HOST_METRICS: 'off' })

async function save(page: Page, item: string): Promise<{ name: string; bytes: Buffer }> {
  await page.getByRole('button', { name: 'Export' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: item }).click()
  const file = await download
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}

async function saveCsv(page: Page, item: string) {
  const { name, bytes } = await save(page, item)
  const [header, ...lines] = bytes.toString('utf8').split('\r\n')
  expect(lines.pop()).toBe('')
  return { name, header, rows: lines.map((line) => line.split(',')) }
}

test('the readings are saved: what is shown, and everything that is held', async ({ page }) => {
  await openDashboard(page, `${tailboard.url}/?window=30s`)
  await expect(linesOf(page, PM25)).toHaveCount(4)
  await page.keyboard.press('p')
  await expect(page.getByText('The charts stand at')).toBeVisible()
  const { fromS, toS } = await rangeOf(page, PM25)
  const shown = await saveCsv(page, 'What is shown')
  expect(shown.name).toMatch(/^sensors_view \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.csv$/)
  expect(shown.header).toBe('id,time,pm25,pm10,geo_lat,geo_lon,timestamp')
  expect(new Set(shown.rows.map(([id]) => id)).size).toBe(4)
  for (const row of shown.rows) {
    expect(Number(row[6])).toBeGreaterThanOrEqual(fromS - 0.1)
    expect(Number(row[6])).toBeLessThanOrEqual(toS + 0.1)
    expect(Date.parse(row[1] ?? '')).toBeCloseTo(Number(row[6]) * 1000, -1)
  }
  const held = await saveCsv(page, 'Everything held')
  expect(held.rows.length).toBeGreaterThan(shown.rows.length * 5)
})

test('only the selected sensors are saved', async ({ page }) => {
  await openDashboard(page, `${tailboard.url}/?sensors=2,3`)
  await expect(linesOf(page, PM25)).not.toHaveCount(0)
  const { rows } = await saveCsv(page, 'Everything held')
  expect([...new Set(rows.map(([id]) => id))].sort()).toEqual(['2', '3'])
})

for (const [theme, isDark] of [
  ['light', false],
  ['dark', true],
] as const) {
  test(`the chart is saved as a picture of twice its size, ${theme}`, async ({ page }) => {
    await openDashboard(page, `${tailboard.url}/?theme=${theme}`)
    await expect(linesOf(page, PM25)).toHaveCount(4)
    const { name, bytes } = await save(page, 'PM2.5 as PNG')
    expect(name).toMatch(/^sensors_view-pm25 \d{4}-.*\.png$/)
    await test.info().attach(`pm25-${theme}.png`, { body: bytes, contentType: 'image/png' })
    const plot = await figureOf(page, PM25).locator('svg').first().boundingBox()
    const picture = await page.evaluate(async (base64) => {
      const response = await fetch(`data:image/png;base64,${base64}`).catch(() => undefined)
      const image = new Image()
      image.src = response ? URL.createObjectURL(await response.blob()) : `data:image/png;base64,${base64}`
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.width
      canvas.height = image.height
      const context = canvas.getContext('2d')
      if (!context) throw new Error('no canvas')
      context.drawImage(image, 0, 0)
      const { data } = context.getImageData(0, 0, image.width, image.height)
      const colours = new Set<string>()
      for (let at = 0; at < data.length; at += 4) colours.add(data.slice(at, at + 3).join())
      return { width: image.width, corner: data[0] ?? -1, colours: colours.size }
    }, bytes.toString('base64'))
    expect(picture.width).toBe((Math.ceil(plot?.width ?? 0) + 40) * 2)
    expect(picture.corner < 60).toBe(isDark)
    // Lines, letters and their soft edges: an empty picture has one colour.
    expect(picture.colours).toBeGreaterThan(200)
  })
}
