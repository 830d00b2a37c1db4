import { expect, test } from 'playwright/test'
import { nextEvent, openStream } from './support/stream.ts'
import { startTailboard, type Tailboard } from './support/tailboard.ts'

let tailboard: Tailboard
test.beforeAll(async () => {
  test.setTimeout(240_000)
  tailboard = await startTailboard()
})
test.afterAll(() => tailboard.stop())

test('a program that reads /api/stream gets a snapshot, then updates with ids that grow', async () => {
  const { response, events, close } = await openStream(`${tailboard.url}/api/stream`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  expect(response.headers.get('cache-control')).toBe('no-cache, no-transform')
  expect(response.headers.get('x-accel-buffering')).toBe('no')
  // Until it has rows a stream only says that it lives.
  const snapshot = await nextEvent(events, ({ event }) => event !== 'heartbeat')
  expect(snapshot.event).toBe('snapshot')
  expect(snapshot.data.columns.map(({ name }: { name: string }) => name)).toEqual([
    'id',
    'pm25',
    'pm10',
    'geo_lat',
    'geo_lon',
    'timestamp',
  ])
  let last = snapshot.id ?? ''
  for (let i = 0; i < 3; i++) {
    const update = await nextEvent(events, ({ event }) => event === 'update')
    expect(update.id).toMatch(/^[\w-]+:\d+$/)
    const [epoch, timestamp] = update.id?.split(':') ?? []
    expect(epoch).toBe(last.split(':')[0])
    expect(BigInt(timestamp ?? 0)).toBeGreaterThan(BigInt(last.split(':')[1] ?? 0))
    expect(update.data.updates.length).toBeGreaterThan(0)
    last = update.id ?? ''
  }
  close()
})

test('a program that comes back with its last id gets the difference, not the rows', async () => {
  const url = `${tailboard.url}/api/stream?relation=sensors_view`
  const first = await openStream(url)
  const { id } = await nextEvent(first.events, (event) => event.id !== undefined)
  first.close()
  const second = await openStream(url, { 'Last-Event-ID': id ?? '' })
  expect((await nextEvent(second.events, ({ event }) => event !== 'status')).event).toBe('update')
  second.close()
  const third = await openStream(url, { 'Last-Event-ID': 'another:1' })
  expect((await nextEvent(third.events, ({ event }) => event !== 'status')).event).toBe('snapshot')
  third.close()
})

test('a filter and a projection leave the rest away', async () => {
  const query = 'relation=sensors_view&columns=id,pm25&id=in.(1,2)'
  const { events, close } = await openStream(`${tailboard.url}/api/stream?${query}`)
  const snapshot = await nextEvent(events, ({ event }) => event === 'snapshot')
  expect(new Set(snapshot.data.rows.map(({ id }: { id: number }) => id))).toEqual(new Set([1, 2]))
  expect(Object.keys(snapshot.data.rows[0])).toEqual(['id', 'pm25'])
  const update = await nextEvent(events, ({ event }) => event === 'update')
  for (const { row } of update.data.updates) expect([1, 2]).toContain(row.id)
  close()
})

test('with gzip every event still comes at once', async () => {
  const { response, events, close } = await openStream(`${tailboard.url}/api/stream`, {
    'Accept-Encoding': 'gzip',
  })
  expect(response.headers.get('content-encoding')).toBe('gzip')
  for (let i = 0; i < 3; i++) {
    const update = await nextEvent(events, ({ event }) => event === 'update')
    expect(Date.now() - Number(update.data.timestamp)).toBeLessThan(5_000)
  }
  close()
})

test('a heartbeat says how far the stream is when nothing changes', async () => {
  const { events, close } = await openStream(
    `${tailboard.url}/api/stream?relation=air_quality_summary&snapshot=false`,
  )
  const heartbeat = await nextEvent(events, ({ event }) => event === 'heartbeat')
  expect(heartbeat.id).toContain(heartbeat.data.timestamp)
  expect(heartbeat.data.lagMs).toBeLessThan(5_000)
  close()
})

test('the rest of the API tells what there is', async ({ request }) => {
  const api = await (await request.get(`${tailboard.url}/api`)).json()
  expect(api).toMatchObject({ name: 'tailboard', engine: { statement: 'TAIL' } })
  const { relations } = await (await request.get(`${tailboard.url}/api/relations`)).json()
  expect(relations.map(({ name }: { name: string }) => name)).toEqual([
    'air_quality_1s',
    'air_quality_summary',
    'host_metrics',
    'sensors',
    'sensors_data',
    'sensors_latest',
    'sensors_view',
    'sensors_view_1s',
  ])
  const latest = await (await request.get(`${tailboard.url}/api/relations/sensors_latest`)).json()
  expect(latest).toMatchObject({ schema: 'public', name: 'sensors_latest' })
  expect(latest.rows).toBeGreaterThan(20)
  expect((await request.get(`${tailboard.url}/api/health/live`)).status()).toBe(200)
  expect((await request.get(`${tailboard.url}/api/health/ready`)).status()).toBe(200)
})

for (const [path, status, field] of [
  ['/api/stream?relation=nothing_like_it', 404, undefined],
  ['/api/stream?relation=', 400, 'relation'],
  ['/api/stream?snapshot=perhaps', 400, 'snapshot'],
  ['/api/stream?pm25=35', 400, 'pm25'],
  ['/api/stream?nothing_like_it=eq.1', 400, 'nothing_like_it'],
  ['/api/stream?columns=id,nothing_like_it', 400, 'columns'],
  ['/api/stream?relation=a&relation=b', 400, 'relation'],
  ['/api/relations/nothing_like_it', 404, undefined],
] as const) {
  test(`${path} is refused with ${status} and a problem that names what is wrong`, async ({ request }) => {
    const response = await request.get(tailboard.url + path)
    expect(response.status()).toBe(status)
    expect(response.headers()['content-type']).toBe('application/problem+json')
    const problem = await response.json()
    expect(problem).toMatchObject({ status })
    if (field) expect(problem.errors[0]).toMatchObject({ field })
    expect(JSON.stringify(problem)).not.toMatch(/select|at \w+ \(/i)
  })
}
