import { expect, test } from 'vitest'
import { Reads, TooManyReadsError } from './reads.ts'

test('sixteen clients may read at once, and the next when one of them has ended', () => {
  const reads = new Reads()
  const ends = Array.from({ length: 16 }, () => reads.begin())
  expect(() => reads.begin()).toThrow(TooManyReadsError)
  ends[0]?.()
  expect(reads.begin()).toBeTypeOf('function')
  expect(() => reads.begin()).toThrow(TooManyReadsError)
})
