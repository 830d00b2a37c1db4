import { loadModule } from 'pgsql-parser'
import { beforeAll, expect, test } from 'vitest'
import { pretty } from './pretty.ts'
import { print } from './print.ts'

beforeAll(loadModule)

/** A view's query as it is kept, over a table `t`. */
const printed = (query: string): string =>
  print(`CREATE VIEW v AS ${query}`, 'CREATE VIEW v'.length, 'tail', ([name]) =>
    name === 't' ? '[u1 AS "materialize"."public"."t"]' : undefined,
  ).replaceAll('[u1 AS "materialize"."public"."t"]', 't')

test.each([
  ['SELECT a,b  FROM t', 'AS SELECT "a", "b" FROM t'],
  ['select A, "B c" from T x where x.a>-1', 'AS SELECT "a", "B c" FROM t AS "x" WHERE "x"."a" > -1'],
  ['SELECT count(*) AS n FROM t GROUP BY a', 'AS SELECT "pg_catalog"."count"(*) AS "n" FROM t GROUP BY "a"'],
  [
    "SELECT (d->>'x')::double precision x FROM t",
    `AS SELECT ("d" ->> 'x')::"pg_catalog"."float8" AS "x" FROM t`,
  ],
  ['SELECT a::numeric(10,2) FROM t', 'AS SELECT "a"::"pg_catalog"."numeric"(10, 2) FROM t'],
  ['SELECT extract(epoch FROM a) FROM t', `AS SELECT "pg_catalog"."extract"('epoch', "a") FROM t`],
  ["SELECT 'é', timestamp FROM t", `AS SELECT 'é', "timestamp" FROM t`],
  ['WITH t AS (SELECT 1 AS a) SELECT * FROM t', 'AS WITH "t" AS (SELECT 1 AS "a") SELECT * FROM "t"'],
  ["SELECT a @> '{}' FROM t", `AS SELECT "a" @> '{}' FROM t`],
  ['SELECT mz_logical_timestamp() FROM t', 'AS SELECT "mz_catalog"."mz_logical_timestamp"() FROM t'],
])('prints %s', (query, expected) => {
  expect(printed(query)).toBe(expected)
})

test('breaks a long view by its clauses, and quotes only what must be', () => {
  const body =
    'AS SELECT DISTINCT ON ("a") "a", "select", CASE WHEN "a" > 1 THEN \'x\' ELSE NULL END AS "C c" FROM "t" WHERE "a" = 1'
  expect(pretty({ kind: 'VIEW', name: '"m"."v"', options: [], body })).toBe(
    `CREATE VIEW
    m.v
    AS
        SELECT DISTINCT ON (a) a, "select", CASE WHEN a > 1 THEN 'x' ELSE NULL END AS "C c"
        FROM t
        WHERE a = 1;`,
  )
})
