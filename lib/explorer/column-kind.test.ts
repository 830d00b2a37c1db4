import { describe, expect, test } from 'vitest'
import { kindOf, toNumber, toTimeMs } from './column-kind.ts'

test('a type is known with and without its precision', () => {
  expect(kindOf('numeric')).toBe('number')
  expect(kindOf('numeric(38,2)')).toBe('number')
  expect(kindOf('character varying(20)')).toBe('text')
  expect(kindOf('timestamp with time zone')).toBe('time')
  expect(kindOf('timestamp(3) with time zone')).toBe('time')
  expect(kindOf('integer list')).toBe('other')
})

test('exact numbers that come as text are drawn as numbers; what has no place on an axis is not', () => {
  expect(toNumber('9223372036854775807')).toBeCloseTo(2 ** 63, -4)
  expect(toNumber('-0.5')).toBe(-0.5)
  expect(toNumber(3)).toBe(3)
  for (const value of ['NaN', 'Infinity', '', 'x', null, true, [1], undefined]) {
    expect(toNumber(value)).toBeUndefined()
  }
})

describe('a time is the same, however it is written:', () => {
  const ms = Date.UTC(2026, 10, 24, 10, 0, 1, 500)
  test.each([
    ['double precision', ms / 1000],
    ['bigint', String(ms)],
    ['numeric', `${ms}000`],
    ['timestamp with time zone', '2026-11-24T10:00:01.5Z'],
    ['timestamp without time zone', '2026-11-24T10:00:01.500001'],
  ])('%s %s', (type, value) => expect(toTimeMs(value, type)).toBe(ms))
  test('date', () => expect(toTimeMs('2026-11-24', 'date')).toBe(Date.UTC(2026, 10, 24)))
  test('no time at all', () => {
    expect(toTimeMs(null, 'date')).toBeUndefined()
    expect(toTimeMs('infinity', 'timestamp with time zone')).toBeUndefined()
    expect(toTimeMs(-5, 'integer')).toBeUndefined()
  })
})
