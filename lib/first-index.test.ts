import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstIndex } from './first-index.ts'

test('the first that is not before something is found, wherever it stands', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 20 })),
      fc.integer({ min: -1, max: 21 }),
      (all, wanted) => {
        const sorted = all.sort((a, b) => a - b)
        const found = firstIndex(sorted.length, (index) => (sorted[index] ?? 0) < wanted)
        expect(found).toBe(sorted.filter((one) => one < wanted).length)
      },
    ),
  )
})
