import { describe, expect, test } from 'vitest'
import type { Category } from './air-quality.ts'
import type { SensorState } from './overview.ts'
import { isWanted, type SensorFilter } from './sensor-filter.ts'

const sensor = (id: number, state: SensorState, category?: Category) => ({ id, state, category })
const all = [
  sensor(1, 'online', 'good'),
  sensor(12, 'online', 'moderate'),
  sensor(13, 'silent', 'moderate'),
  sensor(21, 'faulty'),
]
const wanted = (filter: Partial<SensorFilter>) =>
  all.filter((one) => isWanted(one, { q: '', categories: [], states: [], ...filter })).map(({ id }) => id)

describe('a filter of sensors', () => {
  test('that asks for nothing lets all through', () => {
    expect(wanted({})).toEqual([1, 12, 13, 21])
  })

  test('searches for the beginning of an id', () => {
    expect(wanted({ q: '1' })).toEqual([1, 12, 13])
    expect(wanted({ q: ' 12 ' })).toEqual([12])
  })

  test('by category leaves out who does not report: its air is not known', () => {
    expect(wanted({ categories: ['moderate'] })).toEqual([12])
    expect(wanted({ categories: ['good', 'moderate'] })).toEqual([1, 12])
  })

  test('by state and text wants both', () => {
    expect(wanted({ states: ['silent', 'faulty'] })).toEqual([13, 21])
    expect(wanted({ states: ['silent', 'faulty'], q: '2' })).toEqual([21])
  })
})
