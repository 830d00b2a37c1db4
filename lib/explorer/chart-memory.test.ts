import { expect, test } from 'vitest'
import { ChartMemory, MEMORY_MS } from './chart-memory.ts'

const change = (atMs: number, rows = 1) => ({
  atMs,
  reset: false,
  updates: Array.from({ length: rows }, () => ({ diff: 1, row: {} })),
})

test('what is older than ten minutes is forgotten', () => {
  const memory = new ChartMemory()
  for (const atMs of [0, 1, MEMORY_MS + 1]) memory.add(change(atMs))
  expect(memory.changes.map(({ atMs }) => atMs)).toEqual([1, MEMORY_MS + 1])
})

test('of many rows the latest are kept, and the newest change however large it is', () => {
  const memory = new ChartMemory()
  for (const [atMs, rows] of [
    [1, 15_000],
    [2, 10_000],
    [3, 30_000],
  ] as const) {
    memory.add(change(atMs, rows))
    expect(memory.changes.map((kept) => kept.atMs)).toEqual([atMs])
  }
  memory.forgetAllButLast()
  memory.add(change(4))
  expect(memory.changes.map(({ atMs }) => atMs)).toEqual([4])
})
