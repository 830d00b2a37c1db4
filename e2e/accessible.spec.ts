import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from 'playwright/test'
import { tailboardForTests } from './support/for-tests.ts'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const tailboard = tailboardForTests()

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
  const found = violations.map(({ id, nodes }) => ({
    id,
    nodes: nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`),
  }))
  expect(found).toEqual([])
}

const live = (page: Page) => expect(page.getByRole('status', { name: 'Connection' })).toContainText('Live')

const PAGES: Readonly<Record<string, { path: string; ready: (page: Page) => Promise<void> }>> = {
  overview: { path: '/', ready: live },
  'page of a sensor': { path: '/sensors/1', ready: live },
  relations: {
    path: '/relations',
    ready: (page) => expect(page.getByRole('link', { name: /sensors_view/ }).first()).toBeVisible(),
  },
  'page of a relation': { path: '/relations/sensors_latest', ready: live },
  'page of the API': {
    path: '/docs',
    ready: (page) =>
      expect(page.getByRole('combobox', { name: 'Relation to stream' })).toHaveText('sensors_latest'),
  },
  'kiosk view': { path: '/?kiosk=1', ready: live },
  'page that is not there': {
    path: '/nowhere',
    ready: (page) => expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible(),
  },
}

const DIALOGS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  alerts: async (page) => {
    await page.getByRole('button', { name: /^Alerts/ }).click()
    await page.getByRole('textbox', { name: 'Limit' }).fill('x')
    await page.getByRole('button', { name: 'Add rule' }).click()
    await expect(page.getByText('Give a limit')).toBeVisible()
  },
  keys: async (page) => {
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  },
  'about the connection': async (page) => {
    await page.getByRole('button', { name: /^About the connection/ }).click()
    await expect(page.getByText('shared by all tabs')).toBeVisible()
  },
}

for (const theme of ['light', 'dark'] as const) {
  for (const width of [390, 1280]) {
    test.describe(`${theme}, ${width} pixels wide:`, () => {
      test.use({ viewport: { width, height: 900 }, colorScheme: theme, reducedMotion: 'reduce' })

      for (const [name, { path, ready }] of Object.entries(PAGES)) {
        test(name, async ({ page }) => {
          await page.goto(`${tailboard.url}${path}`)
          await ready(page)
          await expectNoViolations(page)
        })
      }

      for (const [name, open] of Object.entries(DIALOGS)) {
        test(`dialog: ${name}`, async ({ page }) => {
          await page.goto(tailboard.url)
          await live(page)
          await open(page)
          await expectNoViolations(page)
        })
      }
    })
  }
}
