import { expect, test } from 'vitest'
import { MAX_STREAMS, StreamSlots } from './stream-slots.ts'

function takeAll(slots: StreamSlots, names: string[]) {
  const open: string[] = []
  const leave = new Map(names.map((name) => [name, slots.take(() => open.push(name))]))
  return { open, leave: (name: string) => leave.get(name)?.() }
}

test('four streams are open at once, the others follow in their order', () => {
  expect(MAX_STREAMS).toBe(4)
  const { open, leave } = takeAll(new StreamSlots(), ['a', 'b', 'c', 'd', 'e', 'f'])
  expect(open).toEqual(['a', 'b', 'c', 'd'])
  leave('b')
  expect(open.at(-1)).toBe('e')
  leave('a')
  expect(open.at(-1)).toBe('f')
})

test('who gives up waiting is passed over, and who leaves twice leaves once', () => {
  const { open, leave } = takeAll(new StreamSlots(1), ['a', 'b', 'c', 'd'])
  leave('b')
  leave('a')
  leave('a')
  expect(open).toEqual(['a', 'c'])
  leave('c')
  expect(open).toEqual(['a', 'c', 'd'])
})
