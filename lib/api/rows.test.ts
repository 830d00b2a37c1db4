import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { TestApi } from './test-api.ts'

// The door of the feeds keeps browsers out; here is none.
vi.mock('server-only', () => ({}))

const ENGINE_MS = 60_000
// The cores are shared with whatever else is tested.
vi.setConfig({ testTimeout: 30_000 })

describe.each(['v0.26', 'v26.24.0'])('rows on %s', (version) => {
  let api: TestApi
  beforeAll(async () => {
    api = await TestApi.start(version)
    await api.engine.run(
      'CREATE TABLE many (n int, word text, "2" float)',
      "INSERT INTO many SELECT n, 'word ' || n, n / 2.0 FROM generate_series(1, 20000) AS g(n)",
      'CREATE TABLE few (b bool, n bigint, "a ""q"", b" text, t timestamptz, j jsonb)',
      `INSERT INTO few VALUES (true, 9007199254740993, 'x, "y"', '2026-01-02 03:04:05Z', '{"a":[1]}'), (null, null, '', null, null)`,
      'CREATE TABLE none (n int)',
    )
  }, ENGINE_MS)
  afterAll(() => api.stop())

  const ask = (path: string, init?: RequestInit) => api.ask(`/api/relations/${path}`, init)
  const text = async (path: string) => (await ask(path)).text()

  test('JSON is an array of the rows, as the stream has them', async () => {
    const response = await ask('few/rows')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('x-timestamp')).toMatch(/^\d{13}$/)
    expect(await response.json()).toEqual(
      expect.arrayContaining([
        { b: true, n: '9007199254740993', 'a "q", b': 'x, "y"', t: '2026-01-02T03:04:05Z', j: { a: [1] } },
        { b: null, n: null, 'a "q", b': '', t: null, j: null },
      ]),
    )
  })

  test('CSV tells null from an empty text, and quotes what needs it', async () => {
    const lines = (await text('few/rows?format=csv')).split('\r\n')
    expect(lines[0]).toBe('b,n,"a ""q"", b",t,j')
    expect(lines.slice(1).sort()).toEqual([
      '',
      ',,"",,',
      'true,9007199254740993,"x, ""y""",2026-01-02T03:04:05Z,"{""a"":[1]}"',
    ])
  })

  test('CSV keeps the order of columns whatever they are called', async () => {
    expect(await text('many/rows?format=csv&limit=1&n=eq.2')).toBe('n,word,2\r\n2,word 2,1\r\n')
  })

  test('NDJSON is a row in each line', async () => {
    const lines = (await text('many/rows?format=ndjson&limit=20000')).split('\n')
    expect(lines.pop()).toBe('')
    expect(new Set(lines.map((line) => JSON.parse(line).n)).size).toBe(20_000)
  })

  test.each(['json', 'csv', 'ndjson'])('no rows are no rows in %s', async (format) => {
    const expected = { json: '[\n]\n', csv: 'n\r\n', ndjson: '' }[format]
    const response = await ask(`none/rows?format=${format}`)
    expect(response.headers.get('x-timestamp')).toMatch(/^\d{13}$/)
    expect(await response.text()).toBe(expected)
  })

  test('the limit holds exactly, and is 1,000 where none is given', async () => {
    for (const [query, rows] of [
      ['', 1000],
      ['?limit=1', 1],
      ['?limit=1001', 1001],
      ['?limit=7&n=gt.500', 7],
    ] as const)
      expect(JSON.parse(await text(`many/rows${query}`))).toHaveLength(rows)
  })

  test('filters and columns are those of the stream', async () => {
    const rows = JSON.parse(await text('many/rows?columns=n&n=gte.19999&word=not.eq.word%2020000&limit=5'))
    expect(rows).toEqual([{ n: 19999 }])
  })

  test('who stops reading ends the query', async () => {
    const before = api.engine.connections
    const response = await ask('many/rows?limit=20000')
    const reader = response.body?.getReader()
    await reader?.read()
    await reader?.cancel()
    await expect.poll(() => api.engine.connections).toBe(before)
    const leaving = new AbortController()
    const other = await ask('many/rows?limit=20000', { signal: leaving.signal })
    leaving.abort()
    await expect(other.text()).rejects.toThrow()
    await expect.poll(() => api.engine.connections).toBe(before)
  })

  test('no more is read than is taken', async () => {
    const response = await ask('many/rows?limit=20000&format=ndjson')
    const reader = response.body?.getReader()
    const { value } = (await reader?.read()) ?? {}
    expect(new TextDecoder().decode(value).split('\n')).toHaveLength(501)
    await reader?.cancel()
  })

  test('sixteen may read at once, one more is told to wait, and room comes back', async () => {
    // Whose body nobody takes is not answered yet. One after the other, as heavy reads at once may find no database.
    const readers: Response[] = []
    for (let i = 0; i < 16; i++) readers.push(await ask('few/rows'))
    expect(readers.map(({ status }) => status)).toEqual(Array.from({ length: 16 }, () => 200))
    const refused = await ask('few/rows')
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('2')
    await Promise.all(readers.map(({ body }) => body?.cancel()))
    expect(await text('few/rows')).toContain('9007199254740993')
  })

  test.each([
    ['nothing/rows', 404, undefined],
    ['few/rows?limit=0', 400, 'limit'],
    ['few/rows?limit=1000001', 400, 'limit'],
    ['few/rows?limit=1&limit=2', 400, 'limit'],
    ['few/rows?format=xml', 400, 'format'],
    ['few/rows?columns=b,x', 400, 'columns'],
    ['few/rows?x=eq.1', 400, 'x'],
    ['few/rows?n=1', 400, 'n'],
    ['few?x=1', 400, 'x'],
    [`${'x'.repeat(256)}/rows`, 400, 'name'],
  ])('%s is answered with %i', async (path, status, field) => {
    const response = await ask(path)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    const problem = await response.json()
    if (field) expect(problem.errors[0].field).toBe(field)
  })
})
