import { Client } from 'pg'
import { expect, test } from 'playwright/test'
import { expectRows, openLiveRelation, openRelation } from './support/explorer.ts'
import { startTailboard, type Tailboard } from './support/tailboard.ts'

/** A relation that is gone is waited for before that is said. */
const UNTIL_GONE_MS = 40_000

let tailboard: Tailboard
let database: Client
test.beforeAll(async () => {
  test.setTimeout(240_000)
  tailboard = await startTailboard({
    SENSORS: '0',
    HOST_METRICS: 'off',
    STREAM_RELATIONS: 'hollow,words,comes,dropped,altered,fits',
  })
  database = new Client({ connectionString: tailboard.databaseUrl })
  await database.connect()
})
test.afterAll(async () => {
  await database.end()
  await tailboard.stop()
})

test('an empty database says how to begin', async ({ page }) => {
  await page.goto(`${tailboard.url}/relations`)
  await expect(page.getByText('The database is empty')).toBeVisible()
  await expect(page.getByText('CREATE TABLE')).toBeVisible()
})

test('an empty relation waits for its first row', async ({ page }) => {
  await database.query('CREATE TABLE hollow (id int, v double precision)')
  await openLiveRelation(page, tailboard.url, 'hollow')
  await expect(page.getByText('hollow has no rows now')).toBeVisible()
  await database.query('INSERT INTO hollow VALUES (1, 2.5)')
  await expectRows(page, [['1', '2.5']])
})

test('a relation without numbers shows its rows and says that there is nothing to draw', async ({ page }) => {
  await database.query('CREATE TABLE words (word text, is_good boolean)')
  await database.query("INSERT INTO words VALUES ('hello', true)")
  await openLiveRelation(page, tailboard.url, 'words')
  await expect(page.getByText('There is nothing to draw.')).toBeVisible()
  await expectRows(page, [['hello', 'true']])
})

test('a relation that is missing is said to be, and shows up once it is made', async ({ page }) => {
  test.setTimeout(120_000)
  await openRelation(page, tailboard.url, 'comes')
  await expect(page.getByRole('heading', { name: 'There is no relation comes' })).toBeVisible({
    timeout: UNTIL_GONE_MS,
  })
  await expect(page.getByRole('link', { name: 'See all relations' })).toBeVisible()
  await database.query('CREATE TABLE comes (id int, v int)')
  await database.query('INSERT INTO comes VALUES (1, 2)')
  await expectRows(page, [['1', '2']], 45_000)
})

test('a relation that is not allowed says who can allow it', async ({ page }) => {
  await database.query('CREATE TABLE secret (id int)')
  await openRelation(page, tailboard.url, 'secret')
  await expect(page.getByRole('heading', { name: 'secret may not be read here' })).toBeVisible()
  await expect(page.getByText('STREAM_RELATIONS')).toBeVisible()
  await page.getByRole('link', { name: 'See all relations' }).click()
  await expect(page.getByRole('link', { name: 'secret' })).toHaveCount(0)
})

test('a filter that does not fit is explained, with the way out', async ({ page }) => {
  await database.query('CREATE TABLE fits (id int, v int)')
  await database.query('INSERT INTO fits VALUES (1, 2)')
  await openRelation(page, tailboard.url, 'fits', `?where=${encodeURIComponent('nope=eq.1')}`)
  await expect(page.getByText('The filter or the columns do not fit')).toBeVisible()
  await expect(page.getByRole('main')).toContainText('"nope" is no column: there are id, v')
  await page.getByRole('button', { name: 'Remove the filters' }).click()
  await expectRows(page, [['1', '2']])
})

test('a relation that is dropped stays to be seen, marked, and comes back', async ({ page }) => {
  test.setTimeout(180_000)
  await database.query('CREATE TABLE dropped (id int, v int)')
  await database.query('INSERT INTO dropped VALUES (1, 2)')
  await openLiveRelation(page, tailboard.url, 'dropped')
  await expectRows(page, [['1', '2']])
  await database.query('DROP TABLE dropped')
  const banner = page.getByRole('alert').filter({ hasText: 'The relation was dropped' })
  await expect(banner).toBeVisible({ timeout: UNTIL_GONE_MS })
  await expectRows(page, [['1', '2']])
  await database.query('CREATE TABLE dropped (id int, v int)')
  await database.query('INSERT INTO dropped VALUES (7, 8)')
  await expectRows(page, [['7', '8']], 45_000)
  await expect(banner).toHaveCount(0)
})

test('a relation that is made anew with other columns says which', async ({ page }) => {
  test.setTimeout(120_000)
  await database.query('CREATE TABLE altered (id int, v int)')
  await database.query('INSERT INTO altered VALUES (1, 2)')
  await openLiveRelation(page, tailboard.url, 'altered')
  await expectRows(page, [['1', '2']])
  await database.query('DROP TABLE altered')
  await database.query('CREATE TABLE altered (id int, title text)')
  await database.query("INSERT INTO altered VALUES (1, 'two')")
  await expectRows(page, [['1', 'two']], 45_000)
  await expect(page.getByText('The columns have changed.')).toBeVisible()
  await expect(page.getByText('title is new; v is gone')).toBeVisible()
})
