import { expect, test } from 'vitest'
import type { Update } from './change.ts'
import { HISTORY_CHANGES, HISTORY_MS, History } from './history.ts'

const update = (timestamp: bigint): Update => ({ progress: false, timestamp, diff: 1, values: [] })

const commit = (history: History, timestamp: bigint, count = 1): void =>
  history.append({ timestamp, changes: new Array<Update>(count).fill(update(timestamp)) })

const timesAfter = (history: History, timestamp: bigint): bigint[] =>
  history.after(timestamp).map((batch) => batch.timestamp)

test('what is five minutes old can be read, what is older is forgotten', () => {
  const history = new History(1000n)
  commit(history, 2000n)
  commit(history, 3000n)
  history.prune(2000n + HISTORY_MS)
  expect(history.since).toBe(1000n)
  expect(history.isCut).toBe(false)
  history.prune(2001n + HISTORY_MS)
  expect(history.since).toBe(2000n)
  expect(history.isCut).toBe(true)
  expect(timesAfter(history, 2000n)).toEqual([3000n])
})

test('of more than a million changes the oldest are forgotten sooner', () => {
  const history = new History(0n)
  commit(history, 1n, HISTORY_CHANGES)
  expect(history.since).toBe(0n)
  commit(history, 2n)
  expect(history.since).toBe(1n)
  expect(history.size).toBe(1)
})

test('a past that was recalled is read like one that was seen', () => {
  const history = new History(10n)
  commit(history, 12n)
  history.reachBack(5n, [{ timestamp: 7n, changes: [update(7n)] }])
  expect(history.since).toBe(5n)
  expect(timesAfter(history, 5n)).toEqual([7n, 12n])
  expect(timesAfter(history, 7n)).toEqual([12n])
})
