import { execFile } from 'node:child_process'
import { get } from 'node:http'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { expect, type Page, test } from 'playwright/test'
import { examplesOf } from '../lib/api/examples.ts'
import { OPERATIONS } from '../lib/api/operations.ts'
import { startTailboard, type Tailboard } from './support/tailboard.ts'

const run = promisify(execFile)
/** A stream never ends: it is read for so long. */
const STREAM_S = 10

let tailboard: Tailboard
test.beforeAll(async () => {
  test.setTimeout(240_000)
  tailboard = await startTailboard()
})
test.afterAll(() => tailboard.stop())

async function openDocs(page: Page): Promise<void> {
  const foreign: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(tailboard.url)) foreign.push(request.url())
  })
  page.on('pageerror', (error) => {
    throw error
  })
  await page.goto(`${tailboard.url}/docs`)
  await expect(page.getByRole('heading', { name: 'API', level: 1 })).toBeVisible()
  expect(foreign).toEqual([])
}

test('the page of the API tells all operations, and loads nothing from elsewhere', async ({ page }) => {
  await openDocs(page)
  for (const { path, summary } of OPERATIONS) {
    const operation = page.getByRole('region', { name: summary, exact: true })
    await expect(operation).toContainText(path)
  }
  const links = await page
    .locator('a[href^="#"]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('href')))
  for (const link of new Set(links)) await expect(page.locator(link ?? '')).toHaveCount(1)
})

test('it is found from the head of any page and from GET /api', async ({ page, request }) => {
  const { links } = await (await request.get(`${tailboard.url}/api`)).json()
  expect((await request.get(tailboard.url + links.docs)).status()).toBe(200)
  expect((await (await request.get(tailboard.url + links.openapi)).json()).openapi).toMatch(/^3\.2/)
  await page.goto(`${tailboard.url}/relations`)
  await page.getByRole('link', { name: 'API', exact: true }).click()
  await expect(page).toHaveURL(/\/docs$/)
})

test('the box shows the stream of a relation as it comes, and stops', async ({ page }) => {
  await openDocs(page)
  const box = page.getByRole('region', { name: 'The live stream' })
  await box.getByRole('combobox', { name: 'Relation to stream' }).click()
  await page.getByRole('option', { name: 'sensors_view_1s' }).click()
  await box.getByRole('button', { name: 'Start' }).click()
  await expect(box.getByRole('status')).toHaveText('Open')
  await expect(box.locator('li[data-kind="snapshot"]')).not.toHaveCount(0)
  await expect(box.locator('li[data-kind="update"]')).not.toHaveCount(0)
  const relation = `${tailboard.url}/api/relations/sensors_view_1s`
  const clients = async () => (await (await page.request.get(relation)).json()).clients
  expect(await clients()).toBe(1)
  await box.getByRole('button', { name: 'Stop' }).click()
  await expect(box.getByRole('status')).toHaveText('Stopped')
  await expect.poll(clients).toBe(0)
})

test('an operation can be tried where it is told, with another path as well', async ({ page }) => {
  await openDocs(page)
  const operation = page.getByRole('region', { name: 'The rows of a relation, all as of one time' })
  const path = operation.getByRole('textbox', { name: /^Path to try/ })
  await operation.getByRole('button', { name: 'Try it' }).click()
  await expect(operation.getByRole('status')).toHaveText(/^200 · application\/json · \d+ ms$/)
  await expect(operation.getByRole('region', { name: /^Answer/ })).toContainText('"pm25":')
  await path.fill('/api/relations/sensors_latest/rows?limit=none')
  await path.press('Enter')
  await expect(operation.getByRole('status')).toHaveText(/^400 · application\/problem\+json/)
  await expect(operation.getByRole('region', { name: /^Answer/ })).toContainText('must be a whole number')
  await path.fill('https://elsewhere.example/')
  await path.press('Enter')
  await expect(operation.getByRole('status')).toHaveText('The path has to begin with /api.')
})

for (const { id } of OPERATIONS) {
  const isStream = id === 'openStream'
  const expected = isStream ? /snapshot/ : /\w/
  const examples = () => examplesOf(id, tailboard.url)

  test(`the page shows the examples of ${id} as they run`, async ({ page }) => {
    await openDocs(page)
    for (const [language, text] of Object.entries(examples()))
      expect(await page.locator(`[data-example="${id}-${language}"]`).textContent()).toBe(text)
  })

  test(`the example of ${id} runs in a shell`, async () => {
    const command = isStream ? `timeout ${STREAM_S} ${examples().curl} || [ $? = 124 ]` : examples().curl
    const { stdout } = await run('bash', ['-c', command.replaceAll('curl ', 'curl -sS --fail-with-body ')])
    expect(stdout).toMatch(expected)
  })

  test(`the example of ${id} runs in JavaScript`, async ({ page }) => {
    if (!isStream) {
      const { stdout } = await run(process.execPath, ['--input-type=module', '-e', examples().javascript])
      expect(stdout).toMatch(expected)
      expect(stdout).not.toMatch(/status: [45]/)
      return
    }
    await page.goto(`${tailboard.url}/docs`)
    const said = page.waitForEvent('console', (message) => message.text().startsWith('snapshot'))
    await page.evaluate(examples().javascript)
    await said
  })

  test(`the example of ${id} runs in Python`, async () => {
    const stop = isStream ? ['timeout', String(STREAM_S)] : ['env']
    const [command = '', ...before] = stop
    const { stdout } = await run(command, [...before, 'python3', '-c', examples().python]).catch((error) => {
      // The time that a stream is read for is over.
      if (isStream && error.code === 124) return error as { stdout: string }
      throw error
    })
    expect(stdout).toMatch(expected)
  })
}

/** More than sockets and their buffers hold. */
const BIG = "INSERT INTO big SELECT n, repeat('x', 5000) FROM generate_series(1, 3000) AS g(n)"

/** Asks for rows on a connection of its own, and leaves as soon as some have come. */
function leaveEarly(path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = get(`${tailboard.url}${path}`, { agent: false }, (response) => {
      response.on('error', () => {})
      response.once('data', () => {
        asked.destroy()
        resolve(response.statusCode)
      })
    })
    asked.on('error', reject)
  })
}

test('who leaves while rows come, or asks for their head alone, leaves room for others', async ({
  request,
}) => {
  const client = new Client({ connectionString: tailboard.databaseUrl })
  await client.connect()
  await client.query('CREATE TABLE big (n int, pad text)')
  await client.query(BIG)
  await client.end()
  const path = '/api/relations/big/rows?limit=3000'
  const left = new Set<number | undefined>()
  // More than are answered at once.
  for (let i = 0; i < 17; i++) left.add(await leaveEarly(path))
  expect([...left]).toEqual([200])
  for (let i = 0; i < 17; i++) expect((await request.head(`${tailboard.url}/api/sensors`)).status()).toBe(200)
  const all = await request.get(`${tailboard.url}${path}&format=ndjson`)
  expect((await all.text()).trim().split('\n')).toHaveLength(3000)
})

for (const [method, path, status] of [
  ['GET', '/api/nothing/like/it', 404],
  ['DELETE', '/api/relations/sensors', 405],
  ['PUT', '/api/sensors', 405],
  ['GET', '/api/relations/%E0%A4%A', 400],
  ['GET', '/api/relations/%00/rows', 400],
  ['GET', '/api/sensors?order=id', 400],
] as const) {
  test(`${method} ${path} is answered with ${status} and a problem`, async () => {
    // As it stands: a library would mend the address first.
    const { stdout } = await run('curl', ['-sS', '-i', '-X', method, '--path-as-is', tailboard.url + path])
    expect(stdout).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(stdout).toMatch(/content-type: application\/problem\+json/i)
  })
}
