import { expect, test } from 'vitest'
import type { Update } from './change.ts'
import { Queue } from './subscription.ts'

const changes = (count: number): Update[] =>
  Array.from({ length: count }, (_, index) => ({
    progress: false,
    timestamp: 1n,
    diff: 1,
    values: [`${index}`],
  }))

test('a reader that does not read is told so once a million changes wait, and nothing is kept for it', () => {
  const queue = new Queue([], 0n, () => {})
  const part = changes(100_000)
  queue.push(changes(5))
  for (let n = 0; n < 10; n++) queue.push(part)
  expect(queue.size).toBe(1_000_005)
  queue.push(part)
  expect(queue.size).toBe(0)
  expect(queue.error?.fields).toMatchObject({
    code: '53200',
    message: expect.stringContaining('too far behind'),
  })
  queue.push(part)
  expect(queue.size).toBe(0)
})

test('a large snapshot is nothing to be behind of', () => {
  const queue = new Queue([], 0n, () => {})
  queue.push(changes(1_200_000))
  queue.push(changes(10))
  expect(queue.take(1_200_000)).toHaveLength(1_200_000)
  expect(queue.take()).toHaveLength(10)
  expect(queue.error).toBeUndefined()
})
