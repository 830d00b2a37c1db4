import { beforeAll, expect, test } from 'vitest'
import { loadParser } from '../session/relations.ts'
import { inlineWith } from './inline-with.ts'
import { formatSelect, parseSelect } from './syntax.ts'

beforeAll(loadParser)

const inlined = (sql: string) =>
  formatSelect(inlineWith(parseSelect(sql)))
    .replace(/\s+/g, ' ')
    .replace(/\( | \)/g, (space) => space.trim())

test.each([
  ['WITH x AS (SELECT a FROM s.t) SELECT x.a FROM x', 'SELECT x.a FROM (SELECT a FROM s.t) AS x'],
  ['WITH x AS (SELECT a FROM s.t) SELECT y.a FROM x y', 'SELECT y.a FROM (SELECT a FROM s.t) AS y'],
  [
    'WITH x (b, c) AS (SELECT a, a FROM s.t) SELECT d, c FROM x y (d)',
    'SELECT d, c FROM (SELECT a, a FROM s.t) AS y(d, c)',
  ],
  [
    'WITH x AS (SELECT 1), y AS (SELECT * FROM x) SELECT * FROM y WHERE EXISTS (SELECT 1 FROM x)',
    'SELECT * FROM (SELECT * FROM (SELECT 1) AS x) AS y WHERE EXISTS (SELECT 1 FROM (SELECT 1) AS x)',
  ],
  // The inner name hides the outer one, and a relation with its schema is no such name.
  [
    'WITH x AS (SELECT 1) SELECT * FROM (WITH x AS (SELECT 2) SELECT * FROM x) q, x, s.x',
    'SELECT * FROM (SELECT * FROM (SELECT 2) AS x) AS q, (SELECT 1) AS x, s.x',
  ],
  [
    'WITH x AS (SELECT 1) SELECT 2 UNION ALL SELECT * FROM x',
    'SELECT 2 UNION ALL SELECT * FROM (SELECT 1) AS x',
  ],
])('%s', (sql, expected) => {
  expect(inlined(sql)).toBe(expected)
})

test('what is recursive stays', () => {
  const sql = 'WITH RECURSIVE x AS (SELECT 1 AS a UNION ALL SELECT x.a FROM x) SELECT a FROM x'
  expect(inlined(sql)).toBe(sql)
})
