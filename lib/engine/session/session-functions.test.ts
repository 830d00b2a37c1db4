import { expect, test } from 'vitest'
import { withSessionValues } from './session-functions.ts'

const asker = { user: "o'neill", database: 'materialize', processId: 7 }

test('answers for the session that asks', () => {
  expect(
    withSessionValues('SELECT pg_catalog.pg_backend_pid(), current_user, current_database() AS d', asker),
  ).toBe(
    `SELECT (SELECT 7::int4 AS "pg_backend_pid"), (SELECT 'o''neill'::text AS "current_user"), ` +
      `(SELECT 'materialize'::text AS "current_database") AS d`,
  )
})

test('leaves names and texts alone', () => {
  const sql = `SELECT 'current_user', "current_user", pg_backend_pid FROM t`
  expect(withSessionValues(sql, asker)).toBe(sql)
})
