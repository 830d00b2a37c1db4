import AxeBuilder from '@axe-core/playwright'
import { chromium, expect, type Page, test } from 'playwright/test'
import { allRoutes } from './support/routes.ts'
import { nextEvent, openStream } from './support/stream.ts'
import { startTailboard, type Tailboard } from './support/tailboard.ts'

const TOKEN = 'a-token-for-the-access-tests'
const OPEN_TO_ALL = new Set(['/api/health/live', '/api/health/ready', '/sign-in'])

let tailboard: Tailboard
test.beforeAll(async () => {
  test.setTimeout(240_000)
  tailboard = await startTailboard({
    SENSORS: '4',
    HOST_METRICS: 'off',
    ACCESS_TOKEN: TOKEN,
    TRUST_PROXY: 'on',
  })
})
test.afterAll(async () => {
  await tailboard.stop()
  expect(tailboard.output()).not.toContain(TOKEN)
})

const post = (token: string) =>
  fetch(`${tailboard.url}/sign-in`, { method: 'POST', body: new URLSearchParams({ token }) })

async function sessionCookie(): Promise<string> {
  return (await post(TOKEN)).headers.get('set-cookie')?.split(';')[0] ?? ''
}

/** The status alone: a stream would go on. */
async function statusOf(path: string, method: string, headers: Record<string, string>): Promise<number> {
  const controller = new AbortController()
  const response = await fetch(tailboard.url + path, {
    method,
    headers,
    redirect: 'manual',
    signal: controller.signal,
  })
  controller.abort()
  return response.status
}

test('every page and route is closed to who has no token, and open to who has', async () => {
  test.setTimeout(180_000)
  const cookie = await sessionCookie()
  const [name = ''] = cookie.split('=')
  const own = { 'Sec-Fetch-Site': 'same-origin' }
  const keys = {
    nothing: {},
    'a wrong bearer': { Authorization: 'Bearer wrong' },
    'the right bearer': { Authorization: `Bearer ${TOKEN}` },
    'a wrong cookie': { Cookie: `${name}=1999999999.${'x'.repeat(22)}.${'x'.repeat(43)}`, ...own },
    'the right cookie': { Cookie: cookie, ...own },
    'the token as a cookie': { Cookie: `${name}=${TOKEN}`, ...own },
  }
  const routes = allRoutes()
  let asked = 0
  expect(routes.map(({ path }) => path)).toEqual(expect.arrayContaining(['/', '/api/stream', '/sign-in']))
  for (const { path, kind, methods } of routes) {
    for (const method of methods) {
      for (const [key, headers] of Object.entries(keys)) {
        // From another address each time, so that none waits for what others got wrong.
        const address = `10.0.${asked >> 8}.${asked++ & 255}`
        const status = await statusOf(path, method, { ...headers, 'X-Forwarded-For': address })
        const what = `${method} ${path} with ${key}: ${status}`
        if (OPEN_TO_ALL.has(path)) expect([200, 303, 405], what).toContain(status)
        else if (key.startsWith('the right')) expect([303, 401, 403, 421, 429], what).not.toContain(status)
        else if (kind === 'page' && !key.includes('bearer')) expect(status, what).toBe(303)
        else expect(status, what).toBe(401)
      }
    }
  }
})

test('a wrong token waits longer and longer, and the right one not at all', async () => {
  const waited: number[] = []
  for (let turn = 0; turn < 4; turn++) {
    const before = performance.now()
    expect((await post('wrong')).status).toBe(401)
    waited.push(performance.now() - before)
  }
  // At least three quarters of what the last of so many costs, whatever the machine adds to it.
  expect(waited.at(-1)).toBeGreaterThan(600)
  const answers: string[] = []
  const wrong = post('wrong').then(() => answers.push('wrong'))
  expect((await post(TOKEN)).status).toBe(204)
  answers.push('right')
  await wrong
  expect(answers).toEqual(['right', 'wrong'])
})

const live = (page: Page) =>
  expect(page.getByRole('status', { name: 'Connection' })).toContainText('Live', { timeout: 30_000 })

test('a reader signs in with the keyboard and comes to where they were going', async ({ page }) => {
  await page.goto(`${tailboard.url}/sensors/1?window=1m`)
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await expect(page.getByLabel('Access token')).toBeFocused()
  await expect(page.getByLabel('Access token')).toHaveAttribute('autocomplete', 'current-password')
  await page.keyboard.type('not the token')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'That is not the token.' })).toBeVisible()
  await expect(page.getByLabel('Access token')).toBeFocused()
  await page.keyboard.type(TOKEN)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${tailboard.url}/sensors/1?window=1m`)
  await live(page)
  const cookies = await page.context().cookies()
  expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Strict', secure: false }])
  expect(JSON.stringify(cookies)).not.toContain(TOKEN)
  expect(await page.evaluate(() => document.cookie)).toBe('')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the sign-in page can be read and used by everybody, ${colorScheme}`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 390, height: 800 } })
    const page = await context.newPage()
    await page.goto(`${tailboard.url}/sign-in?wrong=1`)
    await expect(page.getByText('That is not the token.')).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    await test
      .info()
      .attach(`sign-in-${colorScheme}.png`, { body: await page.screenshot(), contentType: 'image/png' })
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    await context.close()
  })
}

test('the form works without scripts', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${tailboard.url}/relations`)
  const submit = async (token: string) => {
    await page.getByLabel('Access token').fill(token)
    await page.getByRole('button', { name: 'Sign in' }).click()
  }
  await submit('wrong')
  await expect(page.getByText('That is not the token.')).toBeVisible()
  await submit(TOKEN)
  await expect(page).toHaveURL(`${tailboard.url}/relations`)
  await context.close()
})

test('forms work over plain http from another machine, where browsers say less of where they come from', async ({
  launchOptions,
}) => {
  // Another name is to a browser another machine: it trusts only its own.
  const args = [...(launchOptions.args ?? []), '--host-resolver-rules=MAP dashboard.test 127.0.0.1']
  const browser = await chromium.launch({ ...launchOptions, args })
  try {
    const url = tailboard.url.replace('127.0.0.1', 'dashboard.test')
    for (const javaScriptEnabled of [true, false]) {
      const page = await (await browser.newContext({ javaScriptEnabled })).newPage()
      await page.goto(`${url}/relations`)
      expect(await page.evaluate(() => isSecureContext)).toBe(false)
      await page.getByLabel('Access token').fill(TOKEN)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await expect(page).toHaveURL(`${url}/relations`)
      await page.getByRole('button', { name: 'Sign out' }).click()
      await expect(page).toHaveURL(`${url}/sign-in`)
    }
  } finally {
    await browser.close()
  }
})

test('who is no longer signed in is told so, and led back to the page after signing in', async ({ page }) => {
  test.setTimeout(120_000)
  await page.goto(`${tailboard.url}/relations/sensors_view`)
  await page.getByLabel('Access token').fill(TOKEN)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await live(page)
  await page.context().clearCookies()
  // Another question is another stream.
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('checkbox', { name: 'geo_lat', exact: true }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('status', { name: 'Connection' })).toContainText('Signed out', {
    timeout: 30_000,
  })
  const address = page.url()
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByLabel('Access token').fill(TOKEN)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(address)
  await live(page)
})

test('a reader signs out, and has to sign in again', async ({ page }) => {
  await page.goto(tailboard.url)
  await page.getByLabel('Access token').fill(TOKEN)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await live(page)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(`${tailboard.url}/sign-in`)
  expect(await page.context().cookies()).toEqual([])
  await page.goto(`${tailboard.url}/relations`)
  await expect(page).toHaveURL(/\/sign-in\?next=%2Frelations/)
})

test("signing out ends the streams of this browser at once, in all its tabs, and nobody else's", async ({
  page,
}) => {
  await page.goto(tailboard.url)
  await page.getByLabel('Access token').fill(TOKEN)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await live(page)
  const another = await page.context().newPage()
  await another.goto(`${tailboard.url}/relations/sensors_latest`)
  await live(another)
  const [mine] = await page.context().cookies()
  const [copied, theirs] = [`${mine?.name}=${mine?.value}`, await sessionCookie()]
  const openAs = (Cookie: string) =>
    openStream(`${tailboard.url}/api/stream?relation=sensors_latest`, { Cookie })
  const [ending, staying] = [await openAs(copied), await openAs(theirs)]
  for (const { events } of [ending, staying]) expect((await events.next()).done).toBe(false)

  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(`${tailboard.url}/sign-in`)
  for await (const _ of ending.events);
  await expect(another.getByRole('status', { name: 'Connection' })).toContainText('Signed out', {
    timeout: 30_000,
  })
  // A copy of the cookie is of no use any more, and the others read on.
  expect(await statusOf('/api', 'GET', { Cookie: copied })).toBe(401)
  expect((await nextEvent(staying.events, ({ event }) => event === 'heartbeat')).id).toBeDefined()
  staying.close()
  const metrics = await fetch(`${tailboard.url}/api/metrics`, {
    headers: { Authorization: `Bearer ${TOKEN}` },
  })
  expect(await metrics.text()).toMatch(/tailboard_sse_disconnects_total\{reason="signed-out"\} [1-9]/)
})

test('no answer leads away from here', async () => {
  for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example', '/.//evil.example']) {
    const response = await fetch(`${tailboard.url}/sign-in?${new URLSearchParams({ next })}`, {
      headers: { Cookie: await sessionCookie() },
      redirect: 'manual',
    })
    expect(response.headers.get('location')).toBe('/')
  }
})
