import { expect, test } from 'vitest'
import { fieldsOf, schemaWords } from './schema-words.ts'

const words = (schema: Record<string, unknown>) =>
  schemaWords(schema)
    .map((word) => ('name' in word ? `<${word.name}>` : word.text))
    .join('')

test.each([
  [{ $ref: '#/components/schemas/Reading' }, '<Reading>'],
  [{ type: 'array', items: { $ref: '#/components/schemas/Row' } }, 'array of <Row>'],
  [{ anyOf: [{ type: 'number', minimum: 0, maximum: 5 }, { type: 'null' }] }, 'number from 0 to 5 or null'],
  [{ enum: ['live', 'gone'] }, '"live", "gone"'],
  [{ const: 'live' }, '"live"'],
  [{ type: 'integer', minimum: 1 }, 'integer, at least 1'],
  [{ type: 'string', pattern: '^a$' }, 'string like ^a$'],
  [{ type: 'object', additionalProperties: { type: 'string' } }, 'object of string'],
  [{}, 'any value'],
])('%j is told as %s', (schema, expected) => {
  expect(words(schema)).toBe(expected)
})

test('fields are told with whether they must be there', () => {
  const schema = { type: 'object', properties: { a: { type: 'string' }, b: {} }, required: ['a'] }
  expect(fieldsOf(schema).map(({ name, isRequired }) => [name, isRequired])).toEqual([
    ['a', true],
    ['b', false],
  ])
  expect(fieldsOf({ type: 'string' })).toEqual([])
})
