import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openApi } from './document.ts'
import { hostileBody, hostileHeader, hostileQuery, nameOf } from './hostile.ts'
import { StatementWitness } from './statement-witness.ts'
import { TestApi } from './test-api.ts'

// The door of the feeds keeps browsers out; here is none.
vi.mock('server-only', () => ({}))

/** `npm run test:fuzz` tries 10,000. */
const CASES = Number(process.env.FUZZ_CASES ?? 500)
const TIMEOUT_MS = 60_000 + CASES * 200

const HOSTILE_TABLE = 'a"b; DROP TABLE sensors --'
const HOSTILE_COLUMN = 'x" FROM sensors; --'
const RELATIONS = ['sensors', 'sensors_view', 'sensors_latest', 'public.sensors', HOSTILE_TABLE]
const COLUMNS = ['id', 'pm25', 'timestamp', HOSTILE_COLUMN, "it's", 'limit']
const PARAMETERS = ['relation', 'columns', 'snapshot', 'lastEventId', 'limit', 'format']
const ROUTES = [
  '/api',
  '/api/relations',
  '/api/openapi.json',
  '/api/metrics',
  '/api/health/live',
  '/api/health/ready',
]

/** What only our own code and its statements say. */
const OURS = /mz_catalog\.mz_relations|DECLARE c CURSOR|jsonb_array_elements|node_modules|\/lib\/|\.tsx?:\d/

let api: TestApi
let witness: StatementWitness

beforeAll(async () => {
  api = await TestApi.start('v0.26', {
    through: async (url) => {
      witness = await StatementWitness.start(url)
      return witness.urlLike(url)
    },
  })
  const quote = (name: string) => `"${name.replaceAll('"', '""')}"`
  await api.engine.run(
    `CREATE TABLE ${quote(HOSTILE_TABLE)} (${quote(HOSTILE_COLUMN)} text, "it's" int, "limit" int)`,
    `INSERT INTO ${quote(HOSTILE_TABLE)} VALUES ('x', 1, 2)`,
  )
  await ask('/api/sensors', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"id":1,"pm25":1,"pm10":1,"geo_lat":1,"geo_lon":1,"timestamp":1}',
  })
  await ordinary()
}, 60_000)
afterAll(async () => {
  await api.stop()
  await witness.close()
})

/** Statements of ordinary requests, without names: what the contract lets be executed. */
const known = new Set<string>()

/** One request of each kind. */
async function ordinary(): Promise<void> {
  for (const path of ROUTES) await ask(path)
  for (const name of RELATIONS) {
    const encoded = encodeURIComponent(name)
    await ask(`/api/relations/${encoded}`)
    await (await ask(`/api/stream?relation=${encoded}`)).body?.cancel()
    for (const limit of [1, 10_000, 100_000, 1_000_000]) {
      await (await ask(`/api/relations/${encoded}/rows?limit=${limit}`)).text()
    }
  }
  await (
    await ask(
      `/api/relations/${encodeURIComponent(HOSTILE_TABLE)}/rows?${new URLSearchParams({ "it's": 'gt.5' })}`,
    )
  ).text()
  for (const statement of witness.statements) known.add(withoutNames(statement).text)
  witness.statements.length = 0
}

/** A statement's text without the names in it, and those names. */
function withoutNames(statement: string): { text: string; names: string[] } {
  const names: string[] = []
  const text = statement
    .replaceAll(/"((?:[^"]|"")*)"/g, (_, name: string) => {
      names.push(name.replaceAll('""', '"'))
      return '"?"'
    })
    .replaceAll(/"\?"(, "\?")+/g, '"?", …')
    .replace(/AS OF \d+$/, 'AS OF ?')
  return { text, names }
}

const MADE = new Set([
  ...[
    'materialize',
    'public',
    'timestamp',
    'id',
    'pm25',
    'pm10',
    'geo_lat',
    'geo_lon',
    HOSTILE_TABLE,
    HOSTILE_COLUMN,
  ],
  ...["it's", 'limit', 'sensors', 'sensors_data', 'sensors_view', 'sensors_view_1s', 'sensors_latest'],
  ...[
    'air_quality_1s',
    'air_quality_summary',
    'host_metrics',
    'second',
    'readings',
    'pm25_min',
    'pm25_mean',
    'pm25_max',
  ],
  ...['pm10_min', 'pm10_mean', 'pm10_max', 'good', 'moderate', 'unhealthy_for_sensitive_groups', 'unhealthy'],
  ...['very_unhealthy', 'hazardous', 'host', 'load_1m', 'cpu_percent', 'memory_percent'],
  ...['network_received_bytes_per_second', 'network_sent_bytes_per_second'],
])

function ask(path: string, init?: RequestInit): Promise<Response> {
  return api.ask(path, init)
}

/** Statuses that were met, so that nobody takes 500 refusals for a test of reading. */
const met = new Map<string, Set<number>>()

/** No fault, no words of ours, no answer that the document does not tell of, and no statement but the known ones. */
async function check(template: string, path: string, init: RequestInit = {}): Promise<void> {
  const response = await ask(path, init)
  const { status, headers } = response
  const type = headers.get('content-type')?.split(';')[0] ?? ''
  const operation = openApi().document.paths[template]?.[init.method === 'POST' ? 'post' : 'get']
  const isTold = operation?.responses[status]?.content[type] !== undefined || (status === 304 && type === '')
  expect({ status, type, isTold }, path).toMatchObject({ isTold: true })
  expect(status).toBeLessThan(500)
  met.set(template, (met.get(template) ?? new Set()).add(status))
  if (type === 'text/event-stream') await response.body?.cancel()
  else {
    const body = await response.text()
    if (status >= 400) {
      expect(body).not.toMatch(OURS)
      expect(JSON.parse(body)).toMatchObject({ status, type: 'about:blank' })
    }
  }
  for (const statement of witness.statements.splice(0)) {
    const { text, names } = withoutNames(statement)
    expect(known).toContain(text)
    for (const name of names) expect(MADE).toContain(name)
  }
}

const headersOf = (names: readonly string[]) =>
  fc.dictionary(fc.constantFrom(...names), hostileHeader, { maxKeys: names.length, noNullPrototype: true })
const query = hostileQuery(PARAMETERS, COLUMNS)
const name = nameOf(RELATIONS).filter((text) => text !== '' && text !== '.' && text !== '..')

const runs = { numRuns: CASES }

describe(`${CASES} hostile requests`, () => {
  test.each(ROUTES)('to %s', { timeout: TIMEOUT_MS }, async (path) => {
    await fc.assert(
      fc.asyncProperty(query, headersOf(['If-None-Match', 'Accept']), (search, headers) =>
        check(path, `${path}?${search}`, { headers }),
      ),
      runs,
    )
  })

  test.each(['', '/rows'])('to /api/relations/NAME%s', { timeout: TIMEOUT_MS }, async (rest) => {
    await fc.assert(
      fc.asyncProperty(name, query, (relation, search) =>
        check(
          `/api/relations/{name}${rest}`,
          `/api/relations/${encodeURIComponent(relation)}${rest}?${search}`,
        ),
      ),
      runs,
    )
  })

  test('to /api/stream', { timeout: TIMEOUT_MS }, async () => {
    await fc.assert(
      fc.asyncProperty(
        name,
        query,
        headersOf(['Last-Event-ID', 'Accept-Encoding']),
        (relation, search, headers) =>
          check('/api/stream', `/api/stream?${new URLSearchParams({ relation })}&${search}`, { headers }),
      ),
      runs,
    )
  })

  test('to GET /api/sensors', { timeout: TIMEOUT_MS }, async () => {
    await fc.assert(
      fc.asyncProperty(query, (search) => check('/api/sensors', `/api/sensors?${search}`)),
      runs,
    )
  })

  test('to POST /api/sensors', { timeout: TIMEOUT_MS }, async () => {
    const contentType = fc.oneof(
      { weight: 9, arbitrary: fc.constant('application/json') },
      { weight: 1, arbitrary: hostileHeader },
    )
    await fc.assert(
      fc.asyncProperty(
        hostileBody,
        contentType,
        headersOf(['Idempotency-Key', 'Content-Encoding']),
        fc.oneof({ weight: 9, arbitrary: fc.constant('') }, { weight: 1, arbitrary: query }),
        (body, type, headers, search) =>
          check('/api/sensors', `/api/sensors?${search}`, {
            method: 'POST',
            headers: { ...headers, 'Content-Type': type },
            body,
          }),
      ),
      runs,
    )
  })

  test('met answers of all kinds', () => {
    const statuses = (path: string) => [...(met.get(path) ?? [])]
    expect(statuses('/api/relations/{name}/rows')).toEqual(expect.arrayContaining([200, 400, 404]))
    expect(statuses('/api/stream')).toEqual(expect.arrayContaining([200, 400, 404]))
    expect(statuses('/api/sensors')).toEqual(expect.arrayContaining([200, 202, 400, 415, 422]))
  })

  test('and what was there is there still', async () => {
    const sensors = await (await ask('/api/relations/sensors/rows')).json()
    expect(sensors).toContainEqual({ id: 1, pm25: 1, pm10: 1, geo_lat: 1, geo_lon: 1, timestamp: 1 })
    expect(await (await ask(`/api/relations/${encodeURIComponent(HOSTILE_TABLE)}/rows`)).json()).toEqual([
      { [HOSTILE_COLUMN]: 'x', "it's": 1, limit: 2 },
    ])
  })
})
