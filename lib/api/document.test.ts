import { readdirSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import { createParser } from 'eventsource-parser'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { RelationTooLargeError } from '../materialize/errors.ts'
import { type OpenApiDocument, openApi } from './document.ts'
import { OPERATIONS } from './operations.ts'
import { ROUTES, TestApi } from './test-api.ts'

// The door of the feeds keeps browsers out; here is none.
vi.mock('server-only', () => ({}))

const { document } = openApi()

/** What a schema of the document says, by a reader that knows nothing of where it came from. */
function reader(schema: object): z.ZodType {
  const text = JSON.stringify({ ...schema, $defs: document.components.schemas })
  return z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')))
}

test('the document is OpenAPI 3.2', async () => {
  const { valid, errors } = await new Validator().validate(JSON.parse(openApi().text))
  expect(errors).toBeUndefined()
  expect(valid).toBe(true)
  expect(document.openapi).toMatch(/^3\.2/)
})

test('every reference leads somewhere', () => {
  for (const [, name] of openApi().text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    expect(document.components.schemas).toHaveProperty(name ?? '')
  }
})

test('every route is in the document with all its methods, and nothing else is', () => {
  const files = readdirSync('app/api', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('route.ts') && !file.includes('[...path]'))
    .map((file) => `/api/${file}`.replace(/\/route\.ts$/, '').replace('[name]', '{name}'))
  expect(files.sort()).toEqual(Object.keys(document.paths).sort())
  expect(Object.keys(ROUTES).sort()).toEqual(files)
})

describe('what the routes answer', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await TestApi.start('v0.26', {
      allowed: ['sensors', 'sensors_view', 'air_quality_1s', 'gone', 'b'],
    })
    await api.engine.run(
      'CREATE TABLE b (b bigint, j jsonb)',
      `INSERT INTO b VALUES (1, '{"a": [null, 1.5, true]}')`,
    )
  }, 60_000)
  afterAll(() => api.stop())

  const reading = { id: 1, pm25: 1, pm10: null, geo_lat: 48, geo_lon: 9, timestamp: 1.5 }
  const post = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const operation = (path: string, method = 'get') => {
    const found = (document as OpenApiDocument).paths[path]?.[method]
    if (!found) throw new Error(`${method} ${path} is not in the document`)
    return found
  }

  /** Statuses that were seen, by operation. */
  const seen = new Map<string, Set<number>>()

  async function check(path: string, address: string, status: number, init?: RequestInit) {
    const response = await api.ask(address, init)
    expect(response.status, address).toBe(status)
    const described = operation(path, init?.method === 'POST' ? 'post' : 'get')
    const told = described.responses[status]
    if (!told) throw new Error(`${status} of ${address} is not in the document`)
    const ids = seen.get(described.operationId) ?? new Set()
    seen.set(described.operationId, ids.add(status))
    const type = response.headers.get('content-type')?.split(';')[0] ?? ''
    expect(Object.keys(told.content)).toContain(type)
    for (const name of Object.keys(told.headers ?? {})) expect(response.headers.has(name), name).toBe(true)
    const { schema, itemSchema } = told.content[type] ?? {}
    if (type.endsWith('json') && schema) reader(schema).parse(await response.json())
    else if (type === 'application/x-ndjson' && itemSchema) {
      for (const line of (await response.text()).trim().split('\n'))
        reader(itemSchema).parse(JSON.parse(line))
    } else if (type !== 'text/event-stream') await response.text()
    return response
  }

  const STREAM = '/api/stream'
  const RELATION = '/api/relations/{name}'
  const ROWS = '/api/relations/{name}/rows'
  const SENSORS = '/api/sensors'

  test('successes are as described', async () => {
    await check(SENSORS, SENSORS, 202, post(reading))
    await check(SENSORS, SENSORS, 202, post([reading, reading]))
    await check(SENSORS, SENSORS, 200)
    await check('/api', '/api', 200)
    await check('/api/relations', '/api/relations', 200)
    await check(RELATION, '/api/relations/sensors', 200)
    for (const format of ['json', 'csv', 'ndjson'])
      await check(ROWS, `/api/relations/b/rows?format=${format}`, 200)
    await check('/api/openapi.json', '/api/openapi.json', 200)
    await check('/api/health/live', '/api/health/live', 200)
    await check('/api/health/ready', '/api/health/ready', 200)
    await check('/api/metrics', '/api/metrics', 200)
  })

  test('events of the stream are items as described', async () => {
    const response = await check(STREAM, '/api/stream?relation=sensors', 200)
    const { itemSchema } = operation(STREAM).responses[200]?.content['text/event-stream'] ?? {}
    const kinds =
      (itemSchema?.oneOf as { title: string; properties: { data: { contentSchema: object } } }[]) ?? []
    const item = reader(itemSchema ?? {})
    const met = new Set<string>()
    const parser = createParser({
      onEvent: ({ event = '', id, data }) => {
        item.parse({ event, data, ...(id !== undefined && { id }) })
        const kind = kinds.find(({ title }) => title === event)
        reader(kind?.properties.data.contentSchema ?? {}).parse(JSON.parse(data))
        met.add(event)
      },
    })
    const body = response.body?.getReader()
    const readUntil = async (kind: string) => {
      while (!met.has(kind)) parser.feed(new TextDecoder().decode((await body?.read())?.value))
    }
    await readUntil('snapshot')
    await api.ask(SENSORS, post(reading))
    await readUntil('update')
    await readUntil('heartbeat')
    await api.engine.stop()
    await readUntil('status')
    await check('/api', '/api', 503)
    await check('/api/relations', '/api/relations', 503)
    await check(RELATION, '/api/relations/sensors', 503)
    await check(ROWS, '/api/relations/sensors/rows', 503)
    await check(SENSORS, SENSORS, 503)
    await check(SENSORS, SENSORS, 503, post(reading))
    await check('/api/health/ready', '/api/health/ready', 503)
    await api.engine.startAgain()
    await api.feeds.close()
    await readUntil('bye')
    await check(STREAM, '/api/stream?relation=sensors', 503)
  }, 60_000)

  test('refusals are as described', async () => {
    const own = await TestApi.start('v26.24.0', { allowed: ['sensors', 'sensors_view_1s', 'gone'] })
    api = own
    for (const { path, method } of OPERATIONS) {
      if (!operation(path, method).responses[400]) continue
      const address = path.replace('{name}', 'sensors')
      await check(path, `${address}?nothing_like_it=1`, 400, method === 'post' ? post(reading) : undefined)
    }
    await check(STREAM, '/api/stream?relation=other', 403)
    await check(RELATION, '/api/relations/other', 403)
    await check(ROWS, '/api/relations/other/rows', 403)
    await check(SENSORS, SENSORS, 403)
    await check(STREAM, '/api/stream?relation=gone', 404)
    await check(RELATION, '/api/relations/gone', 404)
    await check(ROWS, '/api/relations/gone/rows', 404)
    await check(SENSORS, SENSORS, 415, post(reading, { 'Content-Type': 'text/plain' }))
    await check(SENSORS, SENSORS, 422, post([reading, { ...reading, pm25: -1 }]))
    await check(SENSORS, SENSORS, 413, post('x'.repeat(2 ** 22)))
    vi.spyOn(own.feeds, 'open').mockImplementationOnce(() => {
      throw new RelationTooLargeError('sensors', 1_000_000)
    })
    await check(STREAM, '/api/stream?relation=sensors', 413)
    vi.spyOn(own.feeds, 'isAllowed').mockReturnValue(false)
    await check(SENSORS, SENSORS, 403, post(reading))
    vi.spyOn(own.feeds, 'isAllowed').mockReturnValue(true)
    await own.engine.run('DROP TABLE sensors CASCADE')
    await check(SENSORS, SENSORS, 404)
    await check(SENSORS, SENSORS, 404, post(reading))
  }, 60_000)

  test('everything that the document tells of was seen', () => {
    // The door answers 401 and 429, and a fault of ours is nothing to be had by asking.
    const elsewhere = new Set(['401', '429', '500'])
    for (const operations of Object.values(document.paths)) {
      for (const { operationId, responses } of Object.values(operations)) {
        const told = Object.keys(responses).filter((status) => !elsewhere.has(status))
        expect([...(seen.get(operationId) ?? [])].map(String).sort(), operationId).toEqual(told)
      }
    }
  })
})

test('who has the document already is not sent it again', async () => {
  const { answerOpenApi } = await import('./openapi.ts')
  const ask = (tag?: string) =>
    answerOpenApi(
      new Request('http://app/api/openapi.json', { headers: { ...(tag && { 'If-None-Match': tag }) } }),
    )
  const etag = ask().headers.get('etag') ?? ''
  expect([ask(etag).status, ask(`"other", W/${etag}`).status, ask('"other"').status]).toEqual([304, 304, 200])
})
