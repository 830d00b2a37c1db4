import { beforeEach, describe, expect, test } from 'vitest'
import type { Column, StreamEvent } from '../protocol/events.ts'
import { Fold } from '../protocol/fold.ts'
import type { Row } from '../protocol/row.ts'
import { ExplorerProjection } from './explorer-projection.ts'
import type { Progress } from './progress.ts'

let nowMs: number
let projection: ExplorerProjection
let fold: Fold
let progress: (Progress | undefined)[]
beforeEach(() => {
  nowMs = 0
  progress = []
  projection = new ExplorerProjection({
    now: () => nowMs,
    breathe: async () => {},
    onProgress: () => progress.push(projection.show().progress),
  })
  fold = new Fold()
})

function send(event: StreamEvent): void {
  projection.observe(event)
  const change = fold.apply(event)
  if (change) projection.apply(change)
}
const snapshot = (columns: Column[], ...rows: Row[]) =>
  send({
    kind: 'snapshot',
    id: 'e:100',
    data: { relation: 'r', columns, timestamp: '100', part: 1, parts: 1, rows },
  })
const update = (timestamp: number, ...updates: { diff: number; row: Row }[]) =>
  send({ kind: 'update', id: `e:${timestamp}`, data: { timestamp: String(timestamp), updates } })
const COLUMNS = [
  { name: 'id', type: 'integer' },
  { name: 'v', type: 'bigint' },
]

describe('the explorer', () => {
  test('guesses an order in which rows stay where they are, and what to draw', () => {
    snapshot(COLUMNS, { id: 2, v: '5' }, { id: 1, v: '7' })
    const view = projection.show()
    expect(view.order).toEqual({ column: 'id', isDescending: false })
    expect(view.rows.rows.map(({ row }) => row.id)).toEqual([1, 2])
    expect(view.roles).toEqual({ time: undefined, key: 'id', values: ['v'] })
    expect(projection.chart?.series.map(({ line }) => line.points)).toEqual([
      [{ t: 100, v: 5 }],
      [{ t: 100, v: 7 }],
    ])
  })

  test('has the newest first of rows that are a history', () => {
    const at = (id: number, second: number) => ({ id, v: '1', at: `2026-11-24T10:00:0${second}Z` })
    snapshot([...COLUMNS, { name: 'at', type: 'timestamp with time zone' }], at(1, 1), at(1, 3), at(1, 2))
    expect(projection.show().order).toEqual({ column: 'at', isDescending: true })
    expect(projection.show().rows.rows.map(({ row }) => row.at)).toEqual([
      at(1, 3).at,
      at(1, 2).at,
      at(1, 1).at,
    ])
  })

  test('does what the reader chooses, at once and with what comes', () => {
    snapshot(COLUMNS, { id: 1, v: '7' }, { id: 2, v: '5' })
    projection.choose({ order: { column: 'v', isDescending: false }, key: '', values: ['id'] })
    expect(projection.show().rows.rows.map(({ row }) => row.v)).toEqual(['5', '7'])
    expect(projection.show().roles).toEqual({ time: undefined, key: undefined, values: ['id'] })
    update(200, { diff: 1, row: { id: 3, v: '6' } })
    expect(projection.show().rows.rows.map(({ row }) => row.v)).toEqual(['5', '6', '7'])
  })

  test('says which columns are others, until it is told that this was read', () => {
    snapshot(COLUMNS, { id: 1, v: '7' })
    expect(projection.show().alteration).toBeUndefined()
    snapshot(
      [
        { name: 'id', type: 'text' },
        { name: 'w', type: 'integer' },
      ],
      { id: 'a', w: 1 },
    )
    expect(projection.show().alteration).toEqual({ added: ['w'], removed: ['v'], retyped: ['id'] })
    projection.forgetAlteration()
    expect(projection.show().alteration).toBeUndefined()
  })

  test('goes through many rows in slices, shows what was there meanwhile, and tells how far it is', async () => {
    snapshot(COLUMNS, { id: 1, v: '7' })
    const many = Array.from({ length: 60_000 }, (_, index) => ({ id: 60_000 - index, v: String(index) }))
    snapshot(COLUMNS, ...many)
    update(200, { diff: -1, row: { id: 1, v: '59999' } })
    projection.choose({ order: { column: 'v', isDescending: true } })
    projection.pause()
    expect(projection.chart).toBeUndefined()
    expect(projection.show().rows.rows).toHaveLength(1)
    await expect.poll(() => projection.chart).toBeDefined()
    const { rows, progress: left } = projection.show()
    expect(rows.total).toBe(59_999)
    // What has gone is still to be seen going.
    expect(rows.rows.slice(0, 2).map(({ row, mark }) => [row.v, mark?.kind])).toEqual([
      ['59999', 'gone'],
      ['59998', undefined],
    ])
    expect(rows.missed).toEqual({ inserted: 0, retracted: 0 })
    expect(left).toBeUndefined()
    expect(progress.find((one) => one?.doing === 'sorting')?.of).toBe(60_000)
  })

  test('says how many rows have been read before all have', () => {
    const part = (number: number): StreamEvent => ({
      kind: 'snapshot',
      data: {
        relation: 'r',
        columns: COLUMNS,
        timestamp: '100',
        part: number,
        parts: 10,
        rows: Array.from({ length: 1_000 }, (_, index) => ({ id: number * 1_000 + index, v: '1' })),
      },
    })
    for (const number of [1, 2, 3]) send(part(number))
    expect(projection.show().progress).toEqual({ doing: 'reading', done: 3_000, of: 10_000 })
    projection.begin()
    expect(projection.show().progress).toBeUndefined()
  })

  test('shows the same object until something changes', () => {
    snapshot(COLUMNS, { id: 1, v: '7' })
    const before = projection.show()
    expect(projection.show()).toBe(before)
    send({ kind: 'heartbeat', id: 'e:100', data: { timestamp: '100', now: 120, lagMs: 20 } })
    expect(projection.show()).toMatchObject({ lagMs: 20 })
  })
})
