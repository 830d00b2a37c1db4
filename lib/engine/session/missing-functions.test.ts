import { expect, test } from 'vitest'
import { refuseMissingFunctions } from './missing-functions.ts'

test.each([
  [
    "SELECT pg_catalog.set_config('search_path', '', false)",
    'function pg_catalog.set_config(unknown, unknown, boolean) does not exist',
  ],
  ['SELECT 1, pg_sleep (1)', 'function pg_sleep(integer) does not exist'],
  ['SELECT "random"()', 'function random() does not exist'],
])('refuses %s', (sql, message) => {
  expect(() => refuseMissingFunctions(sql, 'tail')).toThrow(message)
})

test('leaves names and texts alone', () => {
  const sql = `SELECT random, 'random()', "set_config" FROM t -- pg_sleep(1)`
  expect(() => refuseMissingFunctions(sql, 'tail')).not.toThrow()
  expect(() => refuseMissingFunctions("SELECT current_setting('x')", 'subscribe')).not.toThrow()
})
