import { expect, test } from 'vitest'
import { valueAt } from './value-at.ts'

const line = {
  id: 'a',
  label: 'a',
  last: 3,
  points: [
    { t: 0, v: 1 },
    { t: 10, v: 2 },
    { t: 20, v: null },
    { t: 900, v: 3 },
  ],
}
const range = { fromMs: 0, toMs: 1_000 }

test('the value that is pointed at is the nearest, if one is near', () => {
  const at = (t: number) => valueAt(line, t, { ...range, isSteps: false })
  expect([at(0), at(4), at(6), at(16), at(500), at(895)]).toEqual([1, 1, 2, 2, undefined, 3])
})

test('a value that holds until the next is the one before', () => {
  const at = (t: number) => valueAt(line, t, { ...range, isSteps: true })
  expect([at(-1), at(9), at(15), at(500), at(5_000)]).toEqual([undefined, 1, 2, undefined, 3])
})
