import { beforeEach, describe, expect, test } from 'vitest'
import type { Column, StreamEvent } from '../protocol/events.ts'
import { Fold } from '../protocol/fold.ts'
import type { Row } from '../protocol/row.ts'
import { ExplorerProjection } from './explorer-projection.ts'

let nowMs: number
let projection: ExplorerProjection
let fold: Fold
beforeEach(() => {
  nowMs = 0
  projection = new ExplorerProjection(() => nowMs)
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
    expect(projection.chart.series.map(({ line }) => line.points)).toEqual([
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

  test('shows the same object until something changes', () => {
    snapshot(COLUMNS, { id: 1, v: '7' })
    const before = projection.show()
    expect(projection.show()).toBe(before)
    send({ kind: 'heartbeat', id: 'e:100', data: { timestamp: '100', now: 120, lagMs: 20 } })
    expect(projection.show()).toMatchObject({ lagMs: 20 })
  })
})
