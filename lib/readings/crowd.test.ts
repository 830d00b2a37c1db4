import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CrowdWatch } from './crowd.ts'

test('more than 50 sensors are many at once', () => {
  const watch = new CrowdWatch()
  expect(watch.crowd).toBeUndefined()
  expect(watch.observe(50, 0)).toBe('few')
  expect(watch.observe(51, 1)).toBe('many')
})

test('they are few again when they have been 40 or less for half a minute', () => {
  const watch = new CrowdWatch()
  watch.observe(1_000, 0)
  expect(watch.observe(41, 60_000)).toBe('many')
  expect(watch.observe(40, 70_000)).toBe('many')
  expect(watch.observe(41, 90_000)).toBe('many')
  expect(watch.observe(3, 100_000)).toBe('many')
  expect(watch.observe(3, 129_999)).toBe('many')
  expect(watch.observe(3, 130_000)).toBe('few')
})

test('whatever the number does, it changes its mind at most twice in half a minute', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 200 }), (counts) => {
      const watch = new CrowdWatch()
      const downs: number[] = []
      let before: string | undefined
      counts.forEach((count, second) => {
        const crowd = watch.observe(count, second * 1_000)
        if (before === 'many' && crowd === 'few') downs.push(second)
        before = crowd
      })
      downs.slice(1).forEach((second, index) => {
        expect(second - (downs[index] ?? 0)).toBeGreaterThanOrEqual(30)
      })
    }),
  )
})
