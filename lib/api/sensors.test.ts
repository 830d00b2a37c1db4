import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { MAX_BODY_BYTES } from './read-body.ts'
import { TestApi } from './test-api.ts'

// The door of the feeds keeps browsers out; here is none.
vi.mock('server-only', () => ({}))

const ENGINE_MS = 60_000
const now = () => Date.now() / 1000
const reading = (more: object = {}) => ({
  id: 1,
  pm25: 12.5,
  pm10: 20,
  geo_lat: 48.78,
  geo_lon: 9.18,
  timestamp: now(),
  ...more,
})

describe.each(['v0.26', 'v26.24.0'])('readings on %s', (version) => {
  let api: TestApi
  beforeAll(async () => {
    api = await TestApi.start(version)
  }, ENGINE_MS)
  afterAll(() => api.stop())
  beforeEach(() => api.engine.run('DELETE FROM sensors'))

  const stored = async () =>
    (await (await api.ask('/api/relations/sensors/rows?limit=1000000')).json()) as unknown[]

  test('one is stored and can be read at once', async () => {
    const sent = reading()
    const response = await api.post(sent)
    expect(response.status).toBe(202)
    expect(await response.json()).toEqual({ stored: 1 })
    const sensors = await api.ask('/api/sensors')
    expect(sensors.headers.get('x-timestamp')).toMatch(/^\d{13}$/)
    expect(await sensors.json()).toEqual([sent])
  })

  test('ten thousand are stored together, of which a thousand are given unless more are asked for', async () => {
    const many = Array.from({ length: 10_000 }, (_, id) => reading({ id }))
    expect(await (await api.post(many)).json()).toEqual({ stored: 10_000 })
    expect(await (await api.ask('/api/sensors')).json()).toHaveLength(1000)
    expect(await (await api.ask('/api/sensors?limit=10000')).json()).toHaveLength(10_000)
  }, 60_000)

  test('one more than ten thousand is refused, and so is none', async () => {
    for (const body of [Array.from({ length: 10_001 }, () => 0), []]) {
      const response = await api.post(body)
      expect(response.status).toBe(422)
      expect((await response.json()).errors).toEqual([
        { field: 'body', message: expect.stringContaining('10000') },
      ])
    }
  })

  test('a single wrong one among many names its index and field, and none is stored', async () => {
    const response = await api.post([reading(), reading({ pm25: 'much' }), reading({ id: 1.5, x: 1 })])
    expect(response.status).toBe(422)
    expect((await response.json()).errors.map(({ field }: { field: string }) => field)).toEqual([
      '[1].pm25',
      '[2].id',
      '[2].x',
    ])
    expect(await stored()).toEqual([])
  })

  test.each([
    ['id', 2 ** 31],
    ['id', 0.5],
    ['id', null],
    ['pm25', -1],
    ['pm10', 100_001],
    ['geo_lat', 90.1],
    ['geo_lon', -181],
    ['timestamp', Date.now()],
    ['timestamp', null],
    ['__proto__', 1],
  ])('%s cannot be %s', async (field, value) => {
    const body = JSON.stringify(reading()).replace(
      /\}$/,
      `,${JSON.stringify(field)}:${JSON.stringify(value)}}`,
    )
    const response = await api.post(body)
    expect(response.status).toBe(422)
    expect((await response.json()).errors[0].field).toBe(field)
  })

  test.each(['NaN', 'Infinity', '-NaN'])('%s is no JSON', async (word) => {
    const response = await api.post(`{"id":${word}}`)
    expect(response.status).toBe(400)
  })

  test('numbers at their limits come back as they were sent', async () => {
    const limits = [
      reading({ id: -(2 ** 31), pm25: 0, pm10: 5e-324, geo_lat: -90, geo_lon: 180, timestamp: 0.1 + 0.2 }),
      reading({
        id: 2 ** 31 - 1,
        pm25: 100_000,
        pm10: null,
        geo_lat: null,
        geo_lon: null,
        timestamp: 253402300799,
      }),
    ]
    expect((await api.post(limits)).status).toBe(202)
    expect(
      (await stored()).toSorted(
        (a, b) => Number((a as { id: number }).id) - Number((b as { id: number }).id),
      ),
    ).toEqual(limits)
    expect((await api.ask('/api/relations/air_quality_1s/rows')).status).toBe(200)
  })

  test('the same key stores once, also when two come together', async () => {
    const body = [reading()]
    const send = () => api.post(body, { 'Idempotency-Key': `twice-${version}` })
    const answers = await Promise.all([send(), send(), send()])
    answers.push(await send())
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202])
    expect(await stored()).toHaveLength(1)
    const other = await api.post([reading()], { 'Idempotency-Key': `twice-${version}` })
    expect(other.status).toBe(422)
    expect((await other.json()).errors[0].field).toBe('Idempotency-Key')
  })

  test('a body of another type, or too long, or not UTF-8, is refused', async () => {
    expect((await api.post('{}', { 'Content-Type': 'text/plain' })).status).toBe(415)
    expect((await api.post('{}', { 'Content-Encoding': 'gzip' })).status).toBe(415)
    expect((await api.post('['.repeat(MAX_BODY_BYTES + 1))).status).toBe(413)
    expect((await api.post('['.repeat(MAX_BODY_BYTES))).status).toBe(400)
    const broken = await api.ask('/api/sensors', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: new Uint8Array([0x22, 0xff, 0x22]),
    })
    expect(broken.status).toBe(400)
  })
})

test(
  'what may not be read here may not be written either',
  async () => {
    const api = await TestApi.start('v0.26', { allowed: ['air_quality_1s'] })
    expect((await api.post(reading())).status).toBe(403)
    expect((await api.ask('/api/sensors')).status).toBe(403)
    expect((await api.ask('/api/relations/sensors/rows')).status).toBe(403)
    expect((await api.ask('/api/relations/air_quality_1s/rows')).status).toBe(200)
    await api.engine.close()
    expect((await api.ask('/api/relations/air_quality_1s/rows')).status).toBe(503)
    await api.feeds.close()
  },
  ENGINE_MS,
)
