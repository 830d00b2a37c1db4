import { expect, test } from 'playwright/test'
import { expectState, expectToMove, openDashboard } from './support/page.ts'
import { startProxy } from './support/proxy.ts'
import { nextEvent, openStream } from './support/stream.ts'
import { startTailboard, type Tailboard } from './support/tailboard.ts'

let engine: Tailboard
let app: Tailboard
let proxy: Awaited<ReturnType<typeof startProxy>>

// The second Tailboard is pointed at the database of the first, through a wire that is watched and cut.
test.beforeAll(async () => {
  test.setTimeout(240_000)
  engine = await startTailboard({ HOST_METRICS: 'off' })
  proxy = await startProxy(engine.databaseUrl)
  app = await startTailboard({ MATERIALIZE_URL: proxy.url, STREAM_RELATIONS: 'sensors_view,sensors_view_1s' })
})
test.afterAll(async () => {
  await app.stop()
  await proxy.close()
  await engine.stop()
})

test('many readers share one cursor, which is closed half a minute after the last has left', async ({
  page,
  context,
}) => {
  test.setTimeout(120_000)
  await openDashboard(page, app.url)
  const { declared } = proxy.cursors()
  await openDashboard(await context.newPage(), app.url)
  const streams = await Promise.all(
    Array.from({ length: 20 }, () => openStream(`${app.url}/api/stream?relation=sensors_view`)),
  )
  for (const { events } of streams) await nextEvent(events, ({ event }) => event === 'update')
  expect(proxy.cursors()).toEqual({ open: 1, declared })
  const clients = async () => (await (await fetch(`${app.url}/api/relations/sensors_view`)).json()).clients
  // The two pages are tabs of one browser, and share their stream.
  expect(await clients()).toBe(21)
  for (const { close } of streams) close()
  await expect.poll(clients).toBe(1)
  await context.close()
  await expect.poll(clients).toBe(0)
  expect(proxy.cursors().open).toBe(1)
  await expect.poll(() => proxy.cursors().open, { timeout: 40_000 }).toBe(0)
})

test('a lost connection to the database shows as a status, and nothing is lost or sent twice', async ({
  page,
}) => {
  await openDashboard(page, app.url)
  const { events, close } = await openStream(`${app.url}/api/stream?relation=sensors_view`)
  const counts = new Map<string, number>()
  const add = (row: unknown, diff: number) => {
    const key = JSON.stringify(row)
    const count = (counts.get(key) ?? 0) + diff
    if (count < 0) throw new Error(`${key} vanished and was not there`)
    if (count === 0) counts.delete(key)
    else counts.set(key, count)
  }
  const kinds: string[] = []
  let isCut = false
  let updatesAfter = 0
  for await (const { event, data } of events) {
    if (kinds.at(-1) !== event) kinds.push(String(event))
    if (event === 'snapshot') for (const row of data.rows) add(row, 1)
    if (event === 'update') for (const { row, diff } of data.updates) add(row, diff)
    if (event === 'update' && !isCut) {
      isCut = true
      proxy.cut()
    }
    if (event === 'update' && data.updates.length > 0 && kinds.includes('status') && ++updatesAfter === 3)
      break
  }
  close()
  expect(kinds.filter((kind) => kind === 'snapshot')).toHaveLength(1)
  expect(kinds.filter((kind) => kind === 'status').length).toBeGreaterThanOrEqual(1)
  await expectState(page, 'Live')
  await expectToMove(page, 'PM2.5 over time')
})

test('a relation that is not on the list is refused', async ({ request }) => {
  expect((await request.get(`${app.url}/api/stream?relation=sensors`)).status()).toBe(403)
  expect((await request.get(`${app.url}/api/relations/sensors`)).status()).toBe(403)
  const { relations } = await (await request.get(`${app.url}/api/relations`)).json()
  expect(relations.map(({ name }: { name: string }) => name)).toEqual(['sensors_view', 'sensors_view_1s'])
})
