import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { histories } from '../client/fake-server.ts'
import type { Column, Update } from '../protocol/events.ts'
import type { Row } from '../protocol/row.ts'
import { finish } from '../steps.ts'
import { LiveRows, MARK_MS } from './live-rows.ts'

const columns: Column[] = [
  { name: 'id', type: 'integer' },
  { name: 'v', type: 'double precision' },
]
let rows: LiveRows
beforeEach(() => {
  rows = new LiveRows()
})

const snapshot = (...all: Row[]) =>
  finish(rows.apply({ reset: true, updates: all.map((row) => ({ diff: 1, row })) }, columns, 0))
const change = (atMs: number, ...updates: [number, Row][]) =>
  finish(rows.apply({ reset: false, updates: updates.map(([diff, row]) => ({ diff, row })) }, columns, atMs))
/** Each row as one reads it: `1 a`, with its mark. */
const shown = (atMs: number) => {
  const view = rows.show(atMs)
  return view.rows.map(({ row, count, mark }) => {
    const sign = !mark || mark.untilMs <= atMs ? '' : { new: '+', gone: '-', changed: '~' }[mark.kind]
    return `${sign}${row.id}:${row.v}${count === 1 ? '' : ` x${count}`}`
  })
}

describe('a row', () => {
  test('that comes is marked for two seconds, and first', () => {
    snapshot({ id: 1, v: 1 })
    change(100, [1, { id: 2, v: 5 }])
    expect(shown(100)).toEqual(['+2:5', '1:1'])
    expect(shown(100 + MARK_MS)).toEqual(['2:5', '1:1'])
  })

  test('that goes stays to be seen going, where it was, and is gone then', () => {
    snapshot({ id: 1, v: 1 }, { id: 2, v: 2 }, { id: 3, v: 3 })
    change(100, [-1, { id: 2, v: 2 }])
    expect(shown(100)).toEqual(['1:1', '-2:2', '3:3'])
    expect(rows.show(100)).toMatchObject({ total: 2, untilMs: 100 + MARK_MS })
    expect(shown(100 + MARK_MS)).toEqual(['1:1', '3:3'])
    expect(rows.show(100 + MARK_MS).untilMs).toBeUndefined()
  })

  test('that has gone is gone, also where the order changed before anybody looked', () => {
    snapshot(...Array.from({ length: 9 }, (_, i) => ({ id: i, v: (i * 7) % 9 })))
    finish(rows.sortBy({ column: 'v', isDescending: true }))
    expect(shown(0)).toHaveLength(9)
    change(100, [-1, { id: 4, v: 1 }], [1, { id: 9, v: 4.5 }])
    finish(rows.sortBy({ column: 'v', isDescending: false }))
    expect(shown(100 + MARK_MS)).toEqual(['0:0', '8:2', '3:3', '7:4', '9:4.5', '2:5', '6:6', '1:7', '5:8'])
  })

  test('that changes stays where it is, with the cells that have changed', () => {
    snapshot({ id: 1, v: 1 }, { id: 2, v: 2 })
    change(100, [-1, { id: 2, v: 2 }], [1, { id: 2, v: 7 }])
    expect(shown(100)).toEqual(['1:1', '~2:7'])
    expect(rows.show(100).rows[1]?.mark).toMatchObject({ columns: new Set(['v']) })
  })

  test('that is the only one changes, whatever is in it', () => {
    finish(
      rows.apply({ reset: true, updates: [{ diff: 1, row: { v: 1 } }] }, [{ name: 'v', type: 'integer' }], 0),
    )
    change(100, [-1, { v: 1 }], [1, { v: 2 }])
    expect(rows.show(100).rows.map(({ mark }) => mark?.kind)).toEqual(['changed'])
  })

  test('with several copies is one with a count', () => {
    snapshot({ id: 1, v: 1 }, { id: 1, v: 1 }, { id: 2, v: 2 })
    expect(shown(0)).toEqual(['1:1 x2', '2:2'])
    change(100, [1, { id: 1, v: 1 }])
    expect(shown(100)).toEqual(['+1:1 x3', '2:2'])
    change(5_000, [-2, { id: 1, v: 1 }])
    expect(shown(5_000)).toEqual(['~1:1', '2:2'])
    expect(rows.show(5_000).total).toBe(2)
  })

  test('is not taken for another one where the key is not unique', () => {
    snapshot({ id: 1, v: 1 }, { id: 1, v: 2 })
    change(100, [-1, { id: 1, v: 1 }], [1, { id: 1, v: 3 }])
    expect(shown(100)).toEqual(['+1:3', '-1:1', '1:2'])
  })

  test('is no longer taken for another one once the key turns out not to be unique', () => {
    snapshot({ id: 1, v: 1 })
    change(100, [1, { id: 1, v: 2 }])
    expect(rows.identity).toBeUndefined()
    change(200, [-1, { id: 1, v: 1 }], [1, { id: 1, v: 3 }])
    expect(shown(200)).toEqual(['+1:3', '+1:2', '-1:1'])
  })

  test('that comes back while it is seen going is both', () => {
    snapshot({ id: 1, v: 1 }, { id: 2, v: 2 })
    change(100, [-1, { id: 1, v: 1 }])
    change(200, [1, { id: 1, v: 1 }])
    expect(shown(200)).toEqual(['+1:1', '-1:1', '2:2'])
    expect(shown(3_000)).toEqual(['1:1', '2:2'])
  })
})

describe('the order', () => {
  test('is kept while rows come and change', () => {
    snapshot({ id: 3, v: 1 }, { id: 1, v: 9 }, { id: 2, v: 5 })
    finish(rows.sortBy({ column: 'v', isDescending: true }))
    expect(shown(0)).toEqual(['1:9', '2:5', '3:1'])
    change(100, [-1, { id: 3, v: 1 }], [1, { id: 3, v: 7 }], [1, { id: 4, v: 6 }])
    expect(shown(100)).toEqual(['1:9', '~3:7', '+4:6', '2:5'])
    finish(rows.sortBy({ column: 'id', isDescending: false }))
    expect(shown(100)).toEqual(['1:9', '2:5', '~3:7', '+4:6'])
  })

  test('has null last both ways, and tells numbers apart that floats cannot', () => {
    const big = [{ name: 'id', type: 'bigint' }]
    const updates = ['9223372036854775807', null, '9223372036854775806', '-1'].map((id) => ({
      diff: 1,
      row: { id },
    }))
    finish(rows.apply({ reset: true, updates }, big, 0))
    finish(rows.sortBy({ column: 'id', isDescending: false }))
    const ids = () => rows.show(0).rows.map(({ row }) => row.id)
    expect(ids()).toEqual(['-1', '9223372036854775806', '9223372036854775807', null])
    finish(rows.sortBy({ column: 'id', isDescending: true }))
    expect(ids()).toEqual(['9223372036854775807', '9223372036854775806', '-1', null])
  })
})

describe('a table that is paused', () => {
  test('stands still, counts what comes, and goes on with everything', () => {
    snapshot({ id: 1, v: 1 })
    shown(0)
    rows.pause()
    change(100, [-1, { id: 1, v: 1 }], [1, { id: 1, v: 2 }], [1, { id: 2, v: 2 }])
    expect(shown(100)).toEqual(['1:1'])
    expect(rows.show(100).missed).toEqual({ inserted: 2, retracted: 1 })
    expect([...rows.rows()]).toHaveLength(2)
    rows.resume()
    expect(shown(200)).toEqual(['+2:2', '~1:2'])
    expect(rows.show(200).missed).toBeUndefined()
  })

  test('can be sorted', () => {
    snapshot({ id: 1, v: 1 }, { id: 2, v: 2 })
    rows.pause()
    finish(rows.sortBy({ column: 'v', isDescending: true }))
    expect(shown(0)).toEqual(['2:2', '1:1'])
  })
})

test('the view is the same object until there is something to see', () => {
  snapshot({ id: 1, v: 1 })
  const before = rows.show(0)
  expect(rows.show(50)).toBe(before)
  change(100, [1, { id: 2, v: 1 }])
  const after = rows.show(100)
  expect(after).not.toBe(before)
  rows.show(100 + MARK_MS)
  expect(rows.show(200 + MARK_MS)).toBe(rows.show(300 + MARK_MS))
})

test('after any changes the rows are exact and in order', () => {
  fc.assert(
    fc.property(histories, fc.boolean(), (history, isSorted) => {
      rows = new LiveRows()
      snapshot()
      if (isSorted) finish(rows.sortBy({ column: 'id', isDescending: false }))
      const exact = new Map<string, number>()
      history.forEach((batch, at) => {
        const updates: Update[] = batch.map(({ diff, row }) => ({ diff, row: JSON.parse(row) }))
        finish(rows.apply({ reset: false, updates }, columns, at * 700))
        for (const { diff, row } of batch) exact.set(row, (exact.get(row) ?? 0) + diff)
        // Nobody looks at each change: some come together.
        if (at % 3 === 0) return
        const there = rows.show(at * 700).rows.filter(({ mark }) => mark?.kind !== 'gone')
        expect(new Map(there.map(({ row, count }) => [JSON.stringify(row), count]))).toEqual(
          new Map([...exact].filter(([, count]) => count > 0)),
        )
        const ids = there.map(({ row }) => Number(row.id))
        if (isSorted) expect(ids).toEqual([...ids].sort((a, b) => a - b))
        expect(new Set(rows.show(at * 700).rows.map(({ seq, mark }) => `${seq}${mark?.kind}`)).size).toBe(
          rows.show(at * 700).rows.length,
        )
      })
    }),
  )
})

test('while the table stands still nothing is kept of rows that have come and gone', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  snapshot({ id: 1, v: 0 })
  rows.pause()
  rows.show(0)
  const passing = (): WeakRef<Row> => {
    const row = { id: 2, v: 7 }
    change(10, [1, row])
    change(20, [-1, row])
    return new WeakRef(row)
  }
  const row = passing()
  rows.show(20 + MARK_MS)
  // A turn lets go of what the test itself has in its hands.
  await new Promise((resolve) => setImmediate(resolve))
  collect()
  expect(row.deref()).toBeUndefined()
})
