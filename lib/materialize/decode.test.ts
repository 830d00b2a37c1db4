import type { FieldDef } from 'pg'
import { describe, expect, test } from 'vitest'
import { createDecoder } from './decode.ts'
import { RelationChangedError } from './errors.ts'
import { encoderOf } from './json.ts'

describe('a value becomes JSON by its type', () => {
  test.each([
    ['int4', 23, '42', 42],
    ['float8', 701, '1e+21', 1e21],
    ['float8 not a number', 701, 'NaN', 'NaN'],
    ['float4 infinite', 700, '-Infinity', '-Infinity'],
    ['int8, which would lose precision', 20, '9007199254740993', '9007199254740993'],
    ['numeric', 1700, '1.1', '1.1'],
    ['oid', 26, '42', '42'],
    ['bool', 16, 't', true],
    ['text', 25, 'a "quoted"\nline', 'a "quoted"\nline'],
    ['timestamp', 1114, '2022-03-01 01:02:03.456', '2022-03-01T01:02:03.456'],
    ['timestamptz', 1184, '2022-02-28 23:02:03.456+00', '2022-02-28T23:02:03.456Z'],
    ['date', 1082, '2022-03-01', '2022-03-01'],
    ['jsonb', 3802, '{"a":[1,null]}', { a: [1, null] }],
    ['bytea', 17, '\\x00ff', '\\x00ff'],
    ['int4[]', 1007, '{1,NULL,3}', [1, null, 3]],
    [
      'text[] in two dimensions',
      1009,
      '{{a,"b,c"},{d,e}}',
      [
        ['a', 'b,c'],
        ['d', 'e'],
      ],
    ],
    ['numeric[]', 1231, '{1.5,2}', ['1.5', '2']],
  ])('%s', (_, oid, text, value) => expect(JSON.parse(encoderOf(oid, '')(text))).toEqual(value))

  test("Materialize's lists are arrays, by the name of their type", () => {
    expect(JSON.parse(encoderOf(20_450, 'integer list')('{1,2}'))).toEqual([1, 2])
    expect(JSON.parse(encoderOf(20_451, 'text list list')('{{a},{b}}'))).toEqual([['a'], ['b']])
  })

  test('equal values have equal text, as the text is the key of the row', () => {
    expect(encoderOf(701, '')('1.0')).toBe(encoderOf(701, '')('1'))
  })
})

const field = (name: string, dataTypeID: number) => ({ name, dataTypeID }) as FieldDef
const fields = [
  field('mz_timestamp', 1700),
  field('mz_progressed', 16),
  field('mz_diff', 20),
  field('id', 23),
  field('a "b"', 25),
]
const columns = [
  { name: 'id', type: 'integer' },
  { name: 'a "b"', type: 'text' },
]

describe("a cursor's row", () => {
  const decode = createDecoder('t', fields, columns)

  test('is a change with the row in column order', () => {
    const message = decode(['18446744073709551615', 'f', '-2', '7', null])
    expect(message).toEqual({
      kind: 'update',
      timestamp: 2n ** 64n - 1n,
      diff: -2,
      row: '{"id":7,"a \\"b\\"":null}',
    })
  })

  test('tells NULL from an empty text', () => {
    expect(decode(['1', 'f', '1', '7', ''])).toHaveProperty('row', '{"id":7,"a \\"b\\"":""}')
  })

  test('is progress where it says so', () => {
    expect(decode(['5', 't', null, null, null])).toEqual({ kind: 'progress', timestamp: 5n })
  })

  test('of a relation without columns is an empty object', () => {
    expect(createDecoder('t', fields.slice(0, 3), [])(['1', 'f', '1'])).toHaveProperty('row', '{}')
  })

  test('is refused where the columns are not those of the catalog', () => {
    expect(() => createDecoder('t', fields, columns.slice(1))).toThrow(RelationChangedError)
  })
})
