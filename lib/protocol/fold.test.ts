import { expect, test } from 'vitest'
import type { StreamEvent } from './events.ts'
import { Fold, FoldError } from './fold.ts'

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

test('what somebody else has counted is not counted again, and has to begin anew where it is counted here', () => {
  const fold = new Fold()
  const row = { part: 1 }
  fold.apply(snapshot('a:7'), 1)
  const gone: StreamEvent = {
    kind: 'update',
    id: 'a:8',
    data: { timestamp: '8', updates: [{ diff: -5, row }] },
  }
  expect(fold.apply(gone, 40)).toMatchObject({ reset: false, updates: [{ diff: -5, row }] })
  expect([fold.size, fold.lastEventId, fold.resumeId]).toEqual([40, 'a:8', undefined])
  expect(() => fold.apply(gone)).toThrow(FoldError)
  fold.apply(snapshot('a:9'))
  expect([fold.size, fold.resumeId]).toEqual([1, 'a:9'])
})
