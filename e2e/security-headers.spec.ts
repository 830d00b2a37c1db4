import { expect, type Page, test } from 'playwright/test'
import { linesOf } from './support/page.ts'
import { startTailboard, type Tailboard } from './support/tailboard.ts'

const TOKEN = 'a-token-for-the-security-tests'

let tailboard: Tailboard
test.beforeAll(async () => {
  test.setTimeout(240_000)
  tailboard = await startTailboard({ SENSORS: '4', ACCESS_TOKEN: TOKEN })
})
test.afterAll(() => tailboard.stop())

/** Collects what the browser reports against the policy of a page and of its workers, whoever reports it. */
async function watchPolicy(page: Page): Promise<string[]> {
  const broken: string[] = []
  await page.exposeFunction('onPolicyBroken', (what: string) => broken.push(what))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { onPolicyBroken } = globalThis as unknown as { onPolicyBroken: (what: string) => void }
      onPolicyBroken(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile} ${event.sample}`)
    })
  })
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) broken.push(message.text())
  })
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (/^https?:/.test(protocol) && origin !== tailboard.url) broken.push(`asked ${request.url()}`)
  })
  return broken
}

async function signIn(page: Page, path: string): Promise<void> {
  await page.goto(tailboard.url + path)
  await page.getByLabel('Access token').fill(TOKEN)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

const live = (page: Page) =>
  expect(page.getByRole('status', { name: 'Connection' })).toContainText('Live', { timeout: 30_000 })

test('every page and all that it can do keeps to its policy', async ({ page }) => {
  test.setTimeout(180_000)
  const broken = await watchPolicy(page)
  await test.step('sign-in page', async () => {
    await page.goto(tailboard.url)
    await page.getByRole('radio', { name: 'Dark' }).check({ force: true })
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    await signIn(page, '/')
  })
  await test.step('dashboard, map, worker', async () => {
    await live(page)
    await expect(linesOf(page, 'PM2.5 over time')).toHaveCount(4)
    await expect(page.getByRole('region', { name: 'Map' }).locator('[data-pin]').first()).toBeVisible()
    await page.getByRole('button', { name: /^About the connection/ }).click()
    await expect(page.getByText('shared by all tabs')).toBeVisible()
    await page.keyboard.press('Escape')
  })
  await test.step('dialogs', async () => {
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Alerts/ }).click()
    await page.getByRole('combobox', { name: 'Sensors' }).click()
    await expect(page.getByRole('option').first()).toBeVisible()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
  })
  await test.step('picture of a chart', async () => {
    await page.getByRole('button', { name: 'Export' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'PM2.5 as PNG' }).click()
    expect((await download).suggestedFilename()).toMatch(/\.png$/)
  })
  for (const path of ['/sensors/1', '/relations/sensors_view']) {
    await test.step(path, async () => {
      await page.goto(tailboard.url + path)
      await live(page)
    })
  }
  await test.step('relations', async () => {
    await page.goto(`${tailboard.url}/relations`)
    await expect(page.getByRole('link', { name: /sensors_view/ }).first()).toBeVisible()
  })
  await test.step('API page', async () => {
    await page.goto(`${tailboard.url}/docs`)
    await expect(page.getByRole('heading', { name: 'API', level: 1 })).toBeVisible()
    const box = page.getByRole('region', { name: 'The live stream' })
    await box.getByRole('button', { name: 'Start' }).click()
    await expect(box.getByRole('status')).toHaveText('Open')
  })
  await test.step('kiosk view', async () => {
    await page.goto(`${tailboard.url}/?kiosk=1`)
    await live(page)
    await expect(page.getByRole('complementary', { name: 'Kiosk' })).toBeAttached()
  })
  await test.step('no such page', async () => {
    await page.goto(`${tailboard.url}/nowhere`)
    await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
  })
  expect(broken).toEqual([])
})

test('the policy is in force: a script without the nonce does not run', async ({ page }) => {
  await signIn(page, '/')
  await live(page)
  const ran = await page.evaluate(async () => {
    const script = document.createElement('div')
    script.innerHTML = '<img src="x:" onerror="globalThis.ran = true">'
    document.body.append(script)
    await new Promise((resolve) =>
      document.addEventListener('securitypolicyviolation', resolve, { once: true }),
    )
    return 'ran' in globalThis
  })
  expect(ran).toBe(false)
})

test('each answer has a nonce of its own, which its scripts carry', async ({ request }) => {
  const nonces = new Set<string>()
  for (let turn = 0; turn < 3; turn++) {
    const answer = await request.get(`${tailboard.url}/sign-in`)
    const policy = answer.headers()['content-security-policy'] ?? ''
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
    nonces.add(nonce)
    const scripts = (await answer.text()).match(/<script\b[^>]*>/g) ?? []
    expect(scripts.length).toBeGreaterThan(3)
    for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`)
  }
  expect(nonces.size).toBe(3)
})

test('every kind of answer says what a browser may do with it', async ({ request }) => {
  const ask = async (path: string, headers = {}) =>
    (await request.get(tailboard.url + path, { headers, maxRedirects: 0 })).headers()
  const Authorization = `Bearer ${TOKEN}`
  for (const path of ['/', '/sign-in', '/api', '/api/health/live', '/api/nowhere', '/nowhere', '/icon.svg']) {
    for (const headers of [{}, { Authorization }, { Authorization: 'Bearer wrong' }]) {
      const answer = await ask(path, headers)
      expect(answer['x-content-type-options'], path).toBe('nosniff')
      expect(answer['referrer-policy'], path).toBe('same-origin')
      expect(answer['cross-origin-resource-policy'], path).toBe('same-origin')
      expect(answer['content-security-policy'], path).toContain("frame-ancestors 'none'")
      expect(answer['x-request-id'], path).toMatch(/^[\da-f-]{36}$/)
      expect(answer['strict-transport-security'], path).toBeUndefined()
      expect(answer['x-powered-by'], path).toBeUndefined()
    }
  }
  const page = await ask('/', { Authorization })
  expect(page['cross-origin-opener-policy']).toBe('same-origin')
  expect(page['permissions-policy']).toContain('camera=()')
})
