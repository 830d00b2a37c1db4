import { expect, test } from 'vitest'
import { fileName } from './download.ts'

test('the name of a file tells what is in it and when it was made', () => {
  const at = new Date(2026, 10, 4, 9, 5, 7).getTime()
  expect(fileName('sensors_view', at, 'csv')).toBe('sensors_view 2026-11-04 09.05.07.csv')
})

test('a relation of any name makes a name that can be saved', () => {
  expect(fileName('../my "schema"/räume', 0, 'csv')).toMatch(/^my-schema-räume \d/)
})
