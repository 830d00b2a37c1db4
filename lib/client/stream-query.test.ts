import { expect, test } from 'vitest'
import { toSearch } from './stream-query.ts'

test('equal streams have equal texts', () => {
  const one = toSearch({
    relation: 'r',
    filters: [
      ['pm25', 'gte.1'],
      ['id', 'in.(1,2)'],
      ['pm25', 'lt.9'],
    ],
  })
  const same = toSearch({
    relation: 'r',
    filters: [
      ['pm25', 'lt.9'],
      ['pm25', 'gte.1'],
      ['id', 'in.(1,2)'],
    ],
  })
  expect(one).toBe(same)
  expect([...new URLSearchParams(one)]).toEqual([
    ['relation', 'r'],
    ['id', 'in.(1,2)'],
    ['pm25', 'gte.1'],
    ['pm25', 'lt.9'],
  ])
})

test('other columns are another stream', () => {
  expect(toSearch({ relation: 'r', columns: ['a', 'b'] })).toBe('relation=r&columns=a%2Cb')
  expect(toSearch({ relation: 'r' })).toBe('relation=r')
})

test('names of columns with commas and quotes in them are told apart', () => {
  const columns = toSearch({ relation: 'r', columns: ['a,b', 'say "hi" \\', 'c'] })
  expect(new URLSearchParams(columns).get('columns')).toBe('"a,b","say \\"hi\\" \\\\",c')
})
