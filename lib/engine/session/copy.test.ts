import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connected } from '../conformance/target.ts'
import { startServer } from '../server.ts'

describe.each([
  ['tail', 'v0.25.0'],
  ['subscribe', 'v26.24.0'],
])('in the %s era', (era, version) => {
  let engine: Awaited<ReturnType<typeof startServer>>

  beforeAll(async () => {
    engine = await startServer({ port: 0, version })
    await answer('CREATE TABLE t (a int, b text)')
    await answer("INSERT INTO t VALUES (1, '1'), (0, 'zero')")
    await answer('CREATE VIEW v AS SELECT 1/a AS d FROM t')
  }, 60_000)
  afterAll(() => engine.close())

  /** What comes back: each message's kind, and of an error its words. */
  async function answer(sql: string): Promise<unknown[]> {
    const client = await connected({ host: '127.0.0.1', port: engine.port })
    try {
      client.take()
      client.query(sql)
      await client.until(client.idle, 10_000)
      return client
        .take()
        .map(([kind, part]) => (kind === 'ErrorResponse' ? (part as { M: string }).M : kind))
    } finally {
      client.destroy()
    }
  }

  const DIVISION = 'Evaluation error: division by zero'

  test.each([
    ['SELECT 1/a FROM t', DIVISION],
    ['SELECT * FROM v', DIVISION],
    [
      'SELECT b::int FROM t',
      'Evaluation error: invalid input syntax for type integer: invalid digit found in string: "zero"',
    ],
    ['SELECT sqrt(a - 1) FROM t', 'Evaluation error: cannot take square root of a negative number'],
    ['SELECT 1/a FROM t LIMIT 2', era === 'tail' ? DIVISION : 'division by zero'],
  ])('a COPY of %s has begun when a row cannot be computed', async (query, words) => {
    expect(await answer(`COPY (${query}) TO STDOUT`)).toEqual(['CopyOutResponse', words, 'ReadyForQuery'])
  })

  test.each([
    ['SELECT 1/0', 'division by zero'],
    ['WITH one AS (SELECT 0 AS a) SELECT 1/a FROM one', 'division by zero'],
    [
      'SELECT a FROM t LIMIT -1',
      era === 'tail' ? 'invalid digit found in string' : 'LIMIT must not be negative',
    ],
    ['SELECT nosuch FROM t', 'column "nosuch" does not exist'],
  ])('a COPY of %s is refused before it begins', async (query, words) => {
    expect(await answer(`COPY (${query}) TO STDOUT`)).toEqual([words, 'ReadyForQuery'])
  })

  test('a SELECT and a FETCH tell their columns, and no row of those that could be computed', async () => {
    expect(await answer('SELECT 1/a FROM t')).toEqual(['RowDescription', DIVISION, 'ReadyForQuery'])
    expect(await answer('BEGIN; DECLARE c CURSOR FOR SELECT 1/a FROM t; FETCH 1 c')).toEqual([
      'CommandComplete',
      'CommandComplete',
      'RowDescription',
      DIVISION,
      'ReadyForQuery',
    ])
  })
})
