import { expect, test } from 'vitest'
import type { StreamEvent } from './events.ts'
import { Fold } from './fold.ts'

const snapshot = (id: string | undefined, part = 1, parts = 1): StreamEvent => ({
  kind: 'snapshot',
  ...(id && { id }),
  data: { relation: 'r', columns: [], timestamp: '7', part, parts, rows: [{ part }] },
})

test('a snapshot of another epoch begins anew; the first one, and another of the same epoch, do not', () => {
  const fold = new Fold()
  expect(fold.apply(snapshot('a:7'))).toMatchObject({ reset: true, anew: false, asOfMs: 7 })
  expect(fold.apply(snapshot('a:8'))).toMatchObject({ anew: false })
  expect(fold.apply(snapshot(undefined, 1, 2))).toBeUndefined()
  expect(fold.apply(snapshot('b:9', 2, 2))).toMatchObject({
    anew: true,
    updates: [{ row: { part: 1 } }, { row: { part: 2 } }],
  })
  expect(fold.apply(snapshot('b:9'))).toMatchObject({ anew: false })
})
