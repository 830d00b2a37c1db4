import { type BrowserContext, expect, type Page, test } from 'playwright/test'
import { tailboardForTests } from './support/for-tests.ts'
import { expectState, expectToMove, openDashboard } from './support/page.ts'

const tailboard = tailboardForTests()

async function clients(relation = 'sensors_view'): Promise<number> {
  return (await (await fetch(`${tailboard.url}/api/relations/${relation}`)).json()).clients
}

const openTabs = async (context: BrowserContext, count: number): Promise<Page[]> => {
  const tabs = await Promise.all(Array.from({ length: count }, () => context.newPage()))
  await Promise.all(tabs.map((tab) => openDashboard(tab, tailboard.url)))
  return tabs
}

test('the tabs of a browser are one client, and none once all are closed', async ({ context }) => {
  const tabs = await openTabs(context, 4)
  expect(await clients()).toBe(1)
  expect(await clients('host_metrics')).toBe(1)
  for (const tab of tabs) await expectToMove(tab, 'PM2.5 over time')
  const [last, ...others] = tabs
  for (const tab of others) await tab.close()
  if (!last) throw new Error('No tab is left')
  await expectToMove(last, 'PM2.5 over time')
  expect(await clients()).toBe(1)
  await last.close()
  await expect.poll(clients).toBe(0)
  await expect.poll(() => clients('host_metrics')).toBe(0)
})

test('a tab that is reloaded, or left and returned to, goes on', async ({ context }) => {
  const [first, second] = await openTabs(context, 2)
  if (!first || !second) throw new Error('Two tabs are needed')
  await first.reload()
  await expectState(first, 'Live')
  await second.goto(`${tailboard.url}/api`)
  await second.goBack()
  await expectState(second, 'Live')
  for (const tab of [first, second]) await expectToMove(tab, 'PM2.5 over time')
  expect(await clients()).toBe(1)
})

test('all tabs go on after Tailboard was killed and started again', async ({ context }) => {
  test.setTimeout(240_000)
  const tabs = await openTabs(context, 2)
  await tailboard.kill()
  for (const tab of tabs) await expectState(tab, 'Reconnecting')
  await tailboard.startAgain()
  for (const tab of tabs) await expectState(tab, 'Live', 30_000)
  for (const tab of tabs) await expectToMove(tab, 'PM2.5 over time')
  expect(await clients()).toBe(1)
})

test.describe('without a worker that works, each tab has a connection of its own:', () => {
  const breakages = {
    'the browser has none': () => {
      Reflect.deleteProperty(globalThis, 'SharedWorker')
    },
    'its script is not there': () => {
      const Native = SharedWorker
      const Missing = class SharedWorker extends Native {
        constructor(_: string | URL, options?: string | WorkerOptions) {
          super('/no-such-script.js', options)
        }
      }
      Object.assign(globalThis, { SharedWorker: Missing })
    },
  }
  for (const [name, breakIt] of Object.entries(breakages)) {
    test(name, async ({ context }) => {
      await context.addInitScript(breakIt)
      const tabs = await openTabs(context, 2)
      for (const tab of tabs) await expectToMove(tab, 'PM2.5 over time')
      await expect.poll(() => clients('host_metrics')).toBe(2)
      expect(await clients()).toBe(2)
      // Two streams in each of two tabs are all that a browser may have.
      const third = await context.newPage()
      await third.goto(tailboard.url)
      await expect(third.getByText('waits until another one ends').first()).toBeVisible()
      expect(await clients()).toBe(2)
      await tabs[0]?.close()
      await expectState(third, 'Live')
      await context.close()
      await expect.poll(clients).toBe(0)
    })
  }
})

test('a fifth stream waits, says so, and is let in when another one ends', async ({ context }) => {
  // Notes how the page opens its worker, so that another page can join it with streams of its own.
  await context.addInitScript(() => {
    const Native = SharedWorker
    const Noted = class SharedWorker extends Native {
      constructor(url: string | URL, options?: string | WorkerOptions) {
        super(url, options)
        Object.assign(globalThis, { worker: [String(url), options] })
      }
    }
    Object.assign(globalThis, { SharedWorker: Noted })
  })
  const [page] = await openTabs(context, 1)
  const other = await context.newPage()
  if (!page) throw new Error('A page is needed')
  const worker = await page.evaluate(() => (globalThis as unknown as { worker: [string, object] }).worker)
  await page.close()
  await expect.poll(clients).toBe(0)

  // A page without streams of its own, which may open workers.
  await other.goto(`${tailboard.url}/nowhere`)
  const states = await other.evaluate(async ([url, options]) => {
    const join = (relation: string) => {
      const { port } = new SharedWorker(url, options)
      return new Promise((resolve) => {
        port.onmessage = ({ data }) => {
          if (data.connection?.state === 'live') resolve('live')
        }
        port.postMessage({ kind: 'join', query: { relation }, isHidden: false })
        void navigator.locks.request(relation, () => {
          port.postMessage({ kind: 'lock', name: relation })
          return new Promise(() => {})
        })
      })
    }
    return Promise.all(['sensors', 'sensors_data', 'sensors_view_1s', 'sensors_latest'].map(join))
  }, worker)
  expect(states).toEqual(['live', 'live', 'live', 'live'])

  const fifth = await context.newPage()
  await fifth.goto(tailboard.url)
  await expect(fifth.getByText('waits until another one ends').first()).toBeVisible()
  expect(await clients()).toBe(0)
  // This page says no goodbye: that it is gone is known by its locks.
  await other.close()
  await expectState(fifth, 'Live')
  expect(await clients()).toBe(1)
})
