import { expect, test } from 'playwright/test'
import { expectState, expectToMove } from './support/page.ts'
import { nextEvent, openStream } from './support/stream.ts'
import { freePort, startTailboard, type Tailboard } from './support/tailboard.ts'

let port: number
let app: Tailboard
test.beforeAll(async () => {
  test.setTimeout(240_000)
  port = await freePort()
  app = await startTailboard({ MATERIALIZE_URL: `postgres://materialize@127.0.0.1:${port}/materialize` })
})
test.afterAll(() => app.stop())

test('a database that does not answer is said in words, and a page that waits for it goes on by itself', async ({
  page,
  request,
}) => {
  test.setTimeout(120_000)
  await page.goto(app.url)
  await expectState(page, 'The database does not answer')

  const { response, events, close } = await openStream(`${app.url}/api/stream?relation=sensors_view`)
  expect(response.status).toBe(200)
  const status = await nextEvent(events, ({ event }) => event === 'status')
  expect(status.data.state).toBe('reconnecting')
  expect(JSON.stringify(status.data)).not.toContain(String(port))

  for (const path of ['/api', '/api/relations', '/api/relations/sensors', '/api/health/ready']) {
    const answer = await request.get(app.url + path)
    expect(answer.status()).toBe(503)
    expect(answer.headers()['content-type']).toBe('application/problem+json')
  }
  expect((await request.get(`${app.url}/api/health/live`)).status()).toBe(200)

  const engine = await startTailboard({ EMBEDDED_PORT: String(port) })
  try {
    await nextEvent(events, ({ event }) => event === 'snapshot')
    close()
    await expectState(page, 'Live', 30_000)
    await expectToMove(page, 'PM2.5 over time')
    // It wants all cursors to progress, and each comes back in its own time.
    await expect
      .poll(async () => (await request.get(`${app.url}/api/health/ready`)).status(), { timeout: 30_000 })
      .toBe(200)
  } finally {
    await engine.stop()
  }
})
