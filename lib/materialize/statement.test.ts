import { expect, test } from 'vitest'
import { wordOf } from './dialect.ts'
import { NotMaterializeError } from './errors.ts'
import { formatRelationName, parseRelationName } from './relation-name.ts'
import { declareRead, declareStatement } from './statement.ts'

test('the cursor asks for progress, and quotes what the catalog spelled', () => {
  expect(
    declareStatement({ word: 'TAIL', relation: ['materialize', 'public', 'we"ird'], snapshot: true }),
  ).toBe('DECLARE c CURSOR FOR TAIL "materialize"."public"."we""ird" WITH (SNAPSHOT = true, PROGRESS)')
})

test('a cursor that continues names the last closed time and wants no snapshot', () => {
  expect(declareStatement({ word: 'SUBSCRIBE', relation: ['v'], snapshot: false, asOf: 2999n })).toBe(
    'DECLARE c CURSOR FOR SUBSCRIBE "v" WITH (SNAPSHOT = false, PROGRESS) AS OF 2999',
  )
})

test.each([
  ['v0.25.0 (29f800881)', 'TAIL'],
  ['v0.26.4 (0123abcde)', 'TAIL'],
  ['v0.27.0-alpha.1 (0123abcde)', 'SUBSCRIBE'],
  ['v26.24.0-dev.0 (e7ac38b33)', 'SUBSCRIBE'],
  ['v1.0.0 (e7ac38b33, helm chart: 1)', 'SUBSCRIBE'],
])('%s speaks %s', (version, word) => expect(wordOf(version)).toBe(word))

test('what is no version is no Materialize', () => {
  expect(() => wordOf('PostgreSQL 18')).toThrow(NotMaterializeError)
})

test.each(['sensors', 'other.sensors', 'public.with.dot'])('%s is read back as it is written', (text) => {
  expect(formatRelationName(parseRelationName(text))).toBe(text)
})

test('public needs no name', () => {
  expect(formatRelationName(parseRelationName('public.sensors'))).toBe('sensors')
})

test('a read of rows of which some are left out afterwards has no limit', () => {
  const read = { word: 'SUBSCRIBE', relation: ['d', 's', 'r'], columns: ['a'] } as const
  expect(declareRead({ ...read, enough: 30 })).toMatch(/ FROM "d"\."s"\."r" LIMIT 1000$/)
  expect(declareRead({ ...read, enough: Number.POSITIVE_INFINITY })).toMatch(/ FROM "d"\."s"\."r"$/)
})
