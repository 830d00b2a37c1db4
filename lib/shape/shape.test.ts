import { describe, expect, test } from 'vitest'
import type { Column } from '../protocol/events.ts'
import type { Row } from '../protocol/row.ts'
import { createShape, toShapeRequest } from './shape.ts'

const COLUMNS: Column[] = [
  { name: 'id', type: 'integer' },
  { name: 'pm25', type: 'double precision' },
  { name: 'big', type: 'bigint' },
  { name: 'price', type: 'numeric' },
  { name: 'name', type: 'text' },
  { name: 'ok', type: 'boolean' },
  { name: 'at', type: 'timestamp with time zone' },
  { name: 'tags', type: 'jsonb' },
]
const ROW: Row = {
  id: 7,
  pm25: 35.5,
  big: '9007199254740993',
  price: '1.10',
  name: 'a,"b"',
  ok: true,
  at: '2022-03-01T01:02:03.456789Z',
  tags: { a: 1 },
}

const shapeOf = (columns: string | undefined, ...filters: [string, string][]) =>
  createShape({ columns, filters }, COLUMNS)
const passes = (row: Row, ...filters: [string, string][]): boolean => {
  const shape = shapeOf(undefined, ...filters)
  if (Array.isArray(shape)) throw new Error(JSON.stringify(shape))
  return shape.map(JSON.stringify(row)) !== undefined
}

describe('a condition', () => {
  test.each([
    ['id', 'eq.7', true],
    ['id', 'neq.7', false],
    ['id', 'in.(1,7)', true],
    ['id', 'not.in.(1,7)', false],
    ['id', 'is.null', false],
    ['id', 'not.is.null', true],
    ['pm25', 'gte.35.5', true],
    ['pm25', 'gt.35.5', false],
    ['pm25', 'lt.1e2', true],
    ['pm25', 'lte.NaN', true],
    ['big', 'eq.9007199254740993', true],
    ['big', 'eq.9007199254740992', false],
    ['big', 'gt.9007199254740992.5', true],
    ['price', 'eq.1.1', true],
    ['price', 'lt.1.100000000000000000001', true],
    ['price', 'gt.-2', true],
    ['name', 'eq.a,"b"', true],
    ['name', 'in.(x,"a,\\"b\\"")', true],
    ['name', 'lt.b', true],
    ['ok', 'is.true', true],
    ['ok', 'eq.false', false],
    ['at', 'eq.2022-03-01T02:02:03.456789+01:00', true],
    ['at', 'lt.2022-03-01T01:02:03.4567891Z', true],
    ['at', 'gt.2022-03-01', true],
    ['tags', 'eq.{"a":1}', true],
  ])('%s=%s is %s', (column, condition, expected) => expect(passes(ROW, [column, condition])).toBe(expected))

  test.each(['eq.7', 'neq.7', 'not.eq.7', 'not.in.(1)', 'gt.0', 'not.gt.0'])(
    'on NULL is never met, as in SQL: %s',
    (condition) => expect(passes({ ...ROW, id: null }, ['id', condition])).toBe(false),
  )

  test('holds together with all the others', () => {
    expect(passes(ROW, ['id', 'gt.1'], ['id', 'lt.9'])).toBe(true)
    expect(passes(ROW, ['id', 'gt.1'], ['id', 'lt.5'])).toBe(false)
  })

  test.each([
    ['nope', 'eq.1'],
    ['id', '7'],
    ['id', 'like.7'],
    ['id', 'eq.seven'],
    ['id', 'eq.1.5'],
    ['id', 'in.1,2'],
    ['id', 'in.("1)'],
    ['id', 'is.7'],
    ['id', 'is.true'],
    ['ok', 'eq.maybe'],
    ['at', 'gt.yesterday'],
    ['tags', 'gt.{}'],
    ['id', 'not.not.eq.1'],
    ['id', ''],
  ])('that cannot be is refused by the name of its field: %s=%s', (column, condition) => {
    expect(shapeOf(undefined, [column, condition])).toEqual([{ field: column, message: expect.any(String) }])
  })
})

describe('a projection', () => {
  test('keeps the columns in the order of the relation', () => {
    const shape = shapeOf('name,id')
    expect(shape).toHaveProperty('columns', [COLUMNS[0], COLUMNS[4]])
    expect(!Array.isArray(shape) && shape.map(JSON.stringify(ROW))).toBe('{"id":7,"name":"a,\\"b\\""}')
  })

  test('of a column that is not there is refused', () => {
    expect(shapeOf('id,nope,"x')).toMatchObject([{ field: 'columns' }])
    expect(shapeOf('')).toMatchObject([{ field: 'columns' }])
  })
})

describe('the key', () => {
  const keyOf = (...args: Parameters<typeof shapeOf>) => {
    const shape = shapeOf(...args)
    return Array.isArray(shape) ? undefined : shape.key
  }
  test('is the same for what means the same', () => {
    expect(keyOf('id,name', ['id', 'in.(2,1)'], ['ok', 'is.true'])).toBe(
      keyOf('name,id', ['ok', 'is.true'], ['id', 'in.(1,2)'], ['id', 'in.(1,2)']),
    )
    expect(keyOf('id')).not.toBe(keyOf('name'))
    expect(keyOf(undefined, ['id', 'eq.1'])).not.toBe(keyOf(undefined, ['id', 'not.eq.1']))
  })

  test('is empty for the whole relation', () => {
    expect(keyOf(COLUMNS.map(({ name }) => name).join())).toBe('')
    expect(toShapeRequest({ columns: undefined, filters: [] })).toBeUndefined()
  })
})
