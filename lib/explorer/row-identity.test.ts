import { expect, test } from 'vitest'
import { KnownIdentity } from './row-identity.ts'

test('a row that comes back is known by the same value as when it went', () => {
  const known = new KnownIdentity({ column: 'id', values: new Set([1]) })
  expect(known.leave({ id: 1, v: 2 })).toBe(1)
  expect(known.enter({ id: 1, v: 3 })).toBe(1)
  expect(known.column).toBe('id')
})

test('a column in which two rows have the same value is an identity no more', () => {
  const known = new KnownIdentity({ column: 'id', values: new Set([1]) })
  known.enter({ id: 1, v: 2 })
  expect(known.column).toBeUndefined()
  expect(known.enter({ id: 2, v: 2 })).toBeUndefined()
})
