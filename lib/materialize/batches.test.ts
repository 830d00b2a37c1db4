import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Batch } from '../protocol/batch.ts'
import { BatchCloser } from './batches.ts'
import type { CursorMessage } from './decode.ts'

const progress = (timestamp: number): CursorMessage => ({ kind: 'progress', timestamp: BigInt(timestamp) })
const update = (timestamp: number, diff: number, row: string): CursorMessage => ({
  kind: 'update',
  timestamp: BigInt(timestamp),
  diff,
  row,
})
const plain = (batches: Batch[]) =>
  batches.map(({ timestamp, updates }) => [Number(timestamp), ...updates.map(({ diff, row }) => [diff, row])])

describe('a snapshot', () => {
  test('is complete only at the first progress above the as-of', () => {
    const closer = new BatchCloser()
    expect(closer.push([progress(1000)])).toEqual([])
    expect(closer.push([update(1000, 2, 'x')])).toEqual([])
    expect(plain(closer.push([update(1000, 1, 'y'), progress(1001)]))).toEqual([[1000, [2, 'x'], [1, 'y']]])
  })

  test('of an empty relation is an empty batch', () => {
    const closer = new BatchCloser()
    expect(closer.push([progress(1000)])).toEqual([])
    expect(plain(closer.push([progress(2000)]))).toEqual([[1999]])
  })

  test('with a given as-of waits for it, whatever progress comes before', () => {
    const closer = new BatchCloser(1500n)
    expect(closer.push([progress(1000), progress(1400), progress(1500)])).toEqual([])
    expect(plain(closer.push([update(1500, 1, 'x'), progress(1600)]))).toEqual([[1500, [1, 'x']], [1599]])
  })

  test('of a constant relation is closed by the end of the stream', () => {
    const closer = new BatchCloser()
    expect(closer.push([update(7, 1, 'x')])).toEqual([])
    expect(plain(closer.end())).toEqual([[7, [1, 'x']]])
  })
})

describe('changes', () => {
  test('of one timestamp are kept together over fetches, consolidated, retractions first', () => {
    const closer = new BatchCloser(4n)
    expect(plain(closer.push([update(5, 1, 'new'), update(5, 1, 'gone')]))).toEqual([[4]])
    expect(closer.push([update(5, -1, 'old'), update(5, -1, 'gone')])).toEqual([])
    expect(plain(closer.push([progress(6)]))).toEqual([[5, [-1, 'old'], [1, 'new']]])
  })

  test('are closed by a change at a later time', () => {
    const closer = new BatchCloser(5n)
    expect(plain(closer.push([update(5, 1, 'x'), update(7, 1, 'y')]))).toEqual([[5, [1, 'x']], [6]])
  })

  test('at a progress time stay open until the next one', () => {
    const closer = new BatchCloser(1n)
    expect(plain(closer.push([progress(5), update(5, 1, 'x')]))).toEqual([[4]])
    expect(plain(closer.push([progress(6)]))).toEqual([[5, [1, 'x']]])
  })
})

interface Recorded {
  name: string
  snapshot: boolean
  asOf?: string
  fetches: [string, string, string | null, ...(string | null)[]][][]
}

const toMessage = ([
  time,
  progressed,
  diff,
  ...values
]: Recorded['fetches'][number][number]): CursorMessage =>
  progressed === 't'
    ? { kind: 'progress', timestamp: BigInt(time) }
    : { kind: 'update', timestamp: BigInt(time), diff: Number(diff), row: JSON.stringify(values) }

/** The sum of all diffs of the messages below a time, by row. */
function sumBelow(messages: readonly CursorMessage[], end: bigint): Map<string, number> {
  const sums = new Map<string, number>()
  for (const message of messages) {
    if (message.kind === 'progress' || message.timestamp >= end) continue
    const sum = (sums.get(message.row) ?? 0) + message.diff
    if (sum === 0) sums.delete(message.row)
    else sums.set(message.row, sum)
  }
  return sums
}

describe.each(['tail', 'subscribe'])('what real servers sent to a cursor, %s', (era) => {
  const cases = readFileSync(new URL(`recorded/${era}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded)

  test.each(cases.map((recorded) => [recorded.name, recorded] as const))(
    '%s: every batch is the exact state, however the rows are cut into fetches',
    (_, { asOf, fetches }) => {
      const messages = fetches.flat().map(toMessage)
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }), (sizes) => {
          const closer = new BatchCloser(asOf === undefined ? undefined : BigInt(asOf))
          const sums = new Map<string, number>()
          let last = -1n
          let at = 0
          for (let i = 0; at < messages.length; i++) {
            const size = sizes[i % sizes.length] ?? 1
            for (const { timestamp, updates } of closer.push(messages.slice(at, at + size))) {
              expect(timestamp).toBeGreaterThan(last)
              last = timestamp
              for (const { diff, row } of updates) sums.set(row, (sums.get(row) ?? 0) + diff)
              for (const [row, sum] of sums) if (sum === 0) sums.delete(row)
              expect(sums).toEqual(sumBelow(messages, timestamp + 1n))
            }
            at += size
          }
        }),
        { numRuns: 20 },
      )
    },
  )

  test('there are enough of them', () => expect(cases.length).toBeGreaterThan(30))
})
