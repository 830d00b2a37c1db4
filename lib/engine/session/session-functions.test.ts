import { expect, test } from 'vitest'
import { parseVersion, type Version } from '../version.ts'
import { withSessionValues } from './session-functions.ts'

const asker = {
  user: "o'neill",
  database: 'materialize',
  processId: 7,
  version: parseVersion('v0.26') as Version,
  cancel: () => false,
}

test('answers for the session that asks', () => {
  expect(
    withSessionValues('SELECT pg_catalog.pg_backend_pid(), current_user, current_database() AS d', asker),
  ).toBe(
    `SELECT (SELECT 7::int4 AS "pg_backend_pid"), (SELECT 'o''neill'::text AS "current_user"), ` +
      `(SELECT 'materialize'::text AS "current_database") AS d`,
  )
})

test('tells the version that it plays', () => {
  expect(withSessionValues('SELECT version()', asker)).toContain('(materialized 0.26.0)')
})

test('leaves names and texts alone', () => {
  const sql = `SELECT 'current_user', "current_user", pg_backend_pid, version, mz_version() FROM t`
  expect(withSessionValues(sql, asker)).toBe(sql)
})
