import { describe, expect, test } from 'vitest'
import { FakeLocks } from '../browser/fake-locks.ts'
import { MAX_STREAMS } from './max-streams.ts'
import { LockSlots, OwnSlots, type Slots } from './stream-slots.ts'

const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

class Streams {
  readonly open: string[] = []
  readonly waiting: string[] = []
  readonly #leave = new Map<string, () => void>()

  async take(slots: Slots, ...names: string[]): Promise<void> {
    for (const name of names) {
      const leave = slots.take(
        () => this.open.push(name),
        () => this.waiting.push(name),
      )
      this.#leave.set(name, leave)
      await settle()
    }
  }

  async leave(...names: string[]): Promise<void> {
    for (const name of names) this.#leave.get(name)?.()
    await settle()
  }
}

const kinds = {
  'of one page': (max?: number) => {
    const slots = new OwnSlots(max)
    return () => slots
  },
  'of a browser': (max?: number) => {
    const locks = FakeLocks.create()
    // Each page has slots of its own, and all have the same locks.
    return () => new LockSlots(locks, max)
  },
}

describe.each(Object.entries(kinds))('the slots %s', (_, createSlots) => {
  test('let four streams be open at once; the others follow in their order', async () => {
    expect(MAX_STREAMS).toBe(4)
    const slots = createSlots()
    const streams = new Streams()
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await streams.take(slots(), name)
    expect(streams).toMatchObject({ open: ['a', 'b', 'c', 'd'], waiting: ['e', 'f'] })
    await streams.leave('b')
    expect(streams.open).toEqual(['a', 'b', 'c', 'd', 'e'])
    await streams.leave('a')
    expect(streams.open.at(-1)).toBe('f')
  })

  test('pass over who gives up waiting, and are given back once', async () => {
    const slots = createSlots(1)
    const streams = new Streams()
    await streams.take(slots(), 'a', 'b', 'c', 'd')
    await streams.leave('b')
    await streams.leave('a', 'a')
    expect(streams.open).toEqual(['a', 'c'])
    await streams.leave('c')
    expect(streams.open).toEqual(['a', 'c', 'd'])
  })

  test('open one stream for each that ends, however many end at once', async () => {
    const slots = createSlots(2)
    const streams = new Streams()
    await streams.take(slots(), 'a', 'b', 'c', 'd', 'e')
    await streams.leave('a', 'b')
    expect(streams.open).toEqual(['a', 'b', 'c', 'd'])
    await streams.leave('c', 'd')
    expect(streams.open.at(-1)).toBe('e')
    await streams.leave('e')
    await streams.take(slots(), 'f', 'g')
    expect(streams.open.slice(-2)).toEqual(['f', 'g'])
  })

  test('are not given to who left before it was asked', async () => {
    const slots = createSlots(1)
    const streams = new Streams()
    const leave = slots().take(
      () => {},
      () => {},
    )
    leave()
    await settle()
    await streams.take(slots(), 'a')
    expect(streams.open).toEqual(['a'])
  })
})

test('where the browser forbids locks a page has slots of its own', async () => {
  const locks = FakeLocks.create()
  locks.request = () => Promise.reject(new DOMException('no', 'SecurityError'))
  const slots = new LockSlots(locks, 1)
  const streams = new Streams()
  await streams.take(slots, 'first', 'second')
  expect(streams.open).toEqual(['first'])
  expect(streams.waiting).toEqual(['second'])
  await streams.leave('first')
  expect(streams.open).toEqual(['first', 'second'])
})
