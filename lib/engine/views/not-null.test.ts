import { loadModule } from 'pgsql-parser'
import { beforeAll, expect, test } from 'vitest'
import { notNullColumns } from './not-null.ts'
import { parseSelect } from './syntax.ts'

beforeAll(loadModule)

/** Of a table `t` whose column `a` is never null. */
const notNull = (sql: string) =>
  notNullColumns(parseSelect(sql), (_, name) => new Set(name === 't' ? ['a'] : []))

test.each([
  ['SELECT a, b FROM t', [true, false]],
  ['SELECT b FROM t WHERE b > 1', [true]],
  ['SELECT b, c FROM t WHERE 5::numeric < ((b * 1000) + 6000)::numeric OR c > 1', [false, false]],
  ['SELECT b, c FROM t WHERE (5::numeric < ((b * 1000) + 6000)::numeric) AND c IS NOT NULL', [true, true]],
  [
    "SELECT count(*), sum(a), a + 1, a::text, COALESCE(b, 0), d ->> 'x', NULL::text FROM t",
    [true, false, true, true, true, false, false],
  ],
  ['SELECT t.a, u.a FROM t LEFT JOIN t u ON t.a = u.a', [true, false]],
  ['SELECT x.a, x.b FROM (SELECT t.a, t.b FROM t) x', [true, false]],
  ["VALUES (1, 'a'), (2, NULL)", [true, false]],
  ['SELECT a FROM t UNION SELECT b FROM t', [false]],
])('%s', (sql, expected) => {
  expect(notNull(sql)).toEqual(expected)
})
