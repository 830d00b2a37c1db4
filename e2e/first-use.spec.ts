import { Client } from 'pg'
import { expect, test } from 'playwright/test'
import { startNotMaterialize } from './support/not-materialize.ts'
import { expectState } from './support/page.ts'
import { freePort, startTailboard, type Tailboard } from './support/tailboard.ts'

test.setTimeout(240_000)

let tailboard: Tailboard | undefined
test.afterEach(async () => {
  await tailboard?.stop()
  tailboard = undefined
})

test('an empty database: how the first reading gets in, and there it is', async ({ page }) => {
  tailboard = await startTailboard({ SENSORS: '0' })
  await page.goto(tailboard.url)
  await expectState(page, 'Live')
  await expect(page.getByRole('heading', { name: 'No readings in the last 10 minutes' })).toBeVisible()
  await expect(page.getByText('insert into sensors values')).toBeVisible()
  await expect(page.getByText('No sensor has reported yet.')).toBeVisible()
  for (const width of [360, 1280, 2560]) {
    await page.setViewportSize({ width, height: 900 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  }
  const database = new Client({ connectionString: tailboard.databaseUrl })
  await database.connect()
  await database.query('INSERT INTO sensors VALUES (1, 12.5, 20, 42.7, 23.3, extract(epoch from now()))')
  await database.end()
  await expect(page.getByRole('figure', { name: 'PM2.5 over time' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'No readings' })).toHaveCount(0)
})

test('a database without our relations: how they get there', async ({ page }) => {
  tailboard = await startTailboard({ SENSORS: '0', HOST_METRICS: 'off' })
  const database = new Client({ connectionString: tailboard.databaseUrl })
  await database.connect()
  await database.query('DROP TABLE sensors CASCADE')
  await database.end()
  await page.goto(tailboard.url)
  await expect(
    page.getByRole('heading', { name: 'This database has no relation sensors_view' }),
  ).toBeVisible()
  await expect(page.getByText('SENSORS=24 npm start')).toBeVisible()
})

test('readings that this server does not show: who can change that', async ({ page }) => {
  tailboard = await startTailboard({ STREAM_RELATIONS: 'host_metrics' })
  await page.goto(tailboard.url)
  await expectState(page, 'Not allowed')
  await expect(page.getByRole('heading', { name: 'This server does not show the readings' })).toBeVisible()
  await expect(page.getByText('STREAM_RELATIONS', { exact: true })).toBeVisible()
})

test('a database that is still starting: the page waits, and says so', async ({ page }) => {
  const port = await freePort()
  tailboard = await startTailboard({
    MATERIALIZE_URL: `postgres://materialize@127.0.0.1:${port}/materialize`,
  })
  await page.goto(tailboard.url)
  await expect(page.getByText('Waiting for the database.')).toBeVisible()
  await expect(page.getByText('this page goes on by itself')).toBeVisible()
})

test('a database that is no Materialize: what has to be changed', async ({ page }) => {
  const other = await startNotMaterialize()
  tailboard = await startTailboard({
    MATERIALIZE_URL: `postgres://someone@127.0.0.1:${other.port}/postgres`,
  })
  await page.goto(tailboard.url)
  await expect(page.getByText('MATERIALIZE_URL must lead to a Materialize').first()).toBeVisible()
  await tailboard.stop()
  tailboard = undefined
  await other.stop()
})

test('a server that has gone: the page says what it knows and goes on trying', async ({ page }) => {
  tailboard = await startTailboard()
  await page.goto(tailboard.url)
  await expectState(page, 'Live')
  await tailboard.kill()
  tailboard = undefined
  await expectState(page, 'Reconnecting')
  await expect(page.getByText('It goes on by itself')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Try now' })).toBeVisible()
})
