import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Timeline } from './timeline.ts'

test('holds what was added and not taken away, in the order of time', () => {
  const steps = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 2 }), fc.boolean()),
  )
  fc.assert(
    fc.property(steps, (all) => {
      const timeline = new Timeline<{ timestamp: number; value: number }>()
      const expected: { timestamp: number; value: number }[] = []
      for (const [timestamp, value, adds] of all) {
        const item = { timestamp, value }
        const index = expected.findIndex((other) => other.timestamp === timestamp && other.value === value)
        if (!adds && index === -1) continue
        timeline.apply(item, adds ? 1 : -1)
        if (adds) expected.push(item)
        else expected.splice(index, 1)
      }
      const order = (a: { timestamp: number; value: number }, b: { timestamp: number; value: number }) =>
        a.timestamp - b.timestamp || a.value - b.value
      expect([...timeline.items].sort(order)).toEqual(expected.sort(order))
      const times = timeline.items.map(({ timestamp }) => timestamp)
      expect(times).toEqual([...times].sort((a, b) => a - b))
    }),
  )
})

test('takes a diff for so many copies', () => {
  const timeline = new Timeline<{ timestamp: number }>()
  timeline.apply({ timestamp: 1 }, 3)
  timeline.apply({ timestamp: 1 }, -2)
  expect(timeline.items).toHaveLength(1)
})

test('ignores a removal of what is not there', () => {
  const timeline = new Timeline<{ timestamp: number; v: number }>()
  timeline.apply({ timestamp: 1, v: 1 }, 1)
  timeline.apply({ timestamp: 1, v: 2 }, -1)
  expect(timeline.items).toHaveLength(1)
})
