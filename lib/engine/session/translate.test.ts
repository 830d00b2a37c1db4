import { beforeAll, expect, test } from 'vitest'
import { StatementError } from '../errors.ts'
import { parseVersion, type Version } from '../version.ts'
import { loadParser } from './relations.ts'
import { toFields } from './translate.ts'

beforeAll(loadParser)

function translated(
  code: string,
  message: string,
  {
    version = 'v0.26',
    reads = false,
    position,
    sql = '',
  }: { version?: string; reads?: boolean; position?: string; sql?: string } = {},
) {
  const error = new StatementError({
    severity: 'ERROR',
    code,
    message,
    ...(position !== undefined && { position }),
  })
  return toFields(error, {
    version: parseVersion(version) as Version,
    reads: () => reads,
    knows: () => false,
    sql,
    before: 10,
  })
}

test.each([
  ['42P01', 'relation "x" does not exist', "unknown catalog item 'x'"],
  ['42703', 'column "a" does not exist', 'column "a" does not exist'],
  ['42703', 'column t.a does not exist', 'column "t.a" does not exist'],
  ['3F000', 'schema "s" does not exist', "unknown schema 's'"],
  ['42P06', 'schema "s" already exists', "schema 's' already exists"],
  ['22012', 'division by zero', 'division by zero'],
])('gives %s %s the code and words of Materialize', (code, message, words) => {
  expect(translated(code, message)).toEqual({ severity: 'ERROR', code: 'XX000', message: words })
})

test('marks an error of evaluation where a relation is read', () => {
  expect(translated('22012', 'division by zero', { reads: true }).message).toBe(
    'Evaluation error: division by zero',
  )
  expect(translated('22P02', 'invalid input syntax for type integer: "x"', { reads: true }).message).toBe(
    'Evaluation error: invalid input syntax for type integer: invalid digit found in string: "x"',
  )
})

test('marks an error of evaluation that it has no words for', () => {
  const error = new StatementError({
    severity: 'ERROR',
    code: '2201F',
    message: 'cannot take square root of a negative number',
    hint: 'PostgreSQL has one',
  }).inRows()
  const told = (reads: boolean) =>
    toFields(error, {
      version: parseVersion('v0.26') as Version,
      reads: () => reads,
      knows: () => false,
      sql: 'SELECT sqrt(a) FROM t',
      before: 0,
    })
  const message = 'cannot take square root of a negative number'
  expect(told(true)).toEqual({ severity: 'ERROR', code: 'XX000', message: `Evaluation error: ${message}` })
  expect(told(false)).toEqual({ severity: 'ERROR', code: 'XX000', message })
})

test('words what a maintained query met', () => {
  expect(translated('XX000', 'Evaluation error: invalid input syntax for type integer: "abc"').message).toBe(
    'Evaluation error: invalid input syntax for type integer: invalid digit found in string: "abc"',
  )
})

test('marks an error of names or types in a WHERE', () => {
  const sql = 'SELECT a FROM t WHERE nosuch = 1 ORDER BY other'
  const message = (column: string) =>
    translated('42703', `column "${column}" does not exist`, {
      sql,
      position: String(sql.indexOf(column) + 1),
    }).message
  expect(message('nosuch')).toBe('WHERE clause error: column "nosuch" does not exist')
  expect(message('other')).toBe('column "other" does not exist')
})

test('knows the words of the later server', () => {
  expect(translated('42883', 'function random() does not exist', { version: 'v26.24' }).message).toBe(
    'function "random" does not exist',
  )
})

test('counts the position of a syntax error over the whole query string', () => {
  expect(translated('42601', 'syntax error at or near "x"', { position: '3' })).toMatchObject({
    code: '42601',
    position: '13',
  })
})

test('leaves no other code of PostgreSQL through', () => {
  expect(translated('42804', 'argument of WHERE must be type boolean').code).toBe('XX000')
  expect(
    translated('23502', 'null value in column "b" of relation "t" violates not-null constraint'),
  ).toEqual({
    severity: 'ERROR',
    code: '23502',
    message: 'null value in column "b" violates not-null constraint',
  })
})

test('answers an error of our own honestly', () => {
  const fields = toFields(new TypeError('oops'), {
    version: parseVersion('v0.26') as Version,
    reads: () => false,
    knows: () => false,
    sql: '',
    before: 0,
  })
  expect(fields).toEqual({ severity: 'ERROR', code: 'XX000', message: 'internal error: oops' })
})

const LATER = 'v26.24.0'

test.each([
  [
    '42601',
    'each UNION query must have the same number of columns',
    'SELECT 1 UNION SELECT 1, 2',
    'each UNION query must have the same number of columns: 1 vs 2',
  ],
  [
    '42601',
    'each UNION query must have the same number of columns',
    'SELECT 1 UNION SELECT * FROM t',
    'each UNION query must have the same number of columns',
  ],
  [
    '42601',
    'subquery must return only one column',
    'SELECT (SELECT a, b FROM t)',
    'Expected subselect to return 1 column, got 2 columns',
  ],
  [
    '42883',
    'operator does not exist: unknown ~~ integer',
    "SELECT 'a' LIKE 1",
    'LIKE argument does not support implicitly casting from integer to text',
  ],
  [
    '22008',
    'date/time field value out of range: "2022-13-01"',
    "SELECT '2022-13-01'::date",
    'invalid input syntax for type date: MONTH must be [1, 12], got 13: "2022-13-01"',
  ],
  ['22003', 'integer out of range', 'SELECT 2147483647 + 1', 'numeric field overflow'],
  [
    '42804',
    'column "a" is of type integer but expression is of type boolean',
    'INSERT INTO t VALUES (true)',
    'column "a" is of type integer but expression is of type boolean',
  ],
])('words %s %s of %s', (code, message, sql, words) => {
  expect(translated(code, message, { version: LATER, sql })).toEqual({
    severity: 'ERROR',
    code: 'XX000',
    message: words,
  })
})

test('a view has no parameters', () => {
  const sql = 'CREATE VIEW v AS SELECT $1'
  expect(translated('42P02', 'there is no parameter $1', { version: LATER, sql })).toMatchObject({
    code: '42P02',
    message: 'views cannot have parameters',
  })
  expect(translated('42P02', 'there is no parameter $1', { sql }).code).toBe('XX000')
  expect(translated('42P02', 'there is no parameter $1', { sql: 'SELECT $1' }).code).toBe('42P02')
})
