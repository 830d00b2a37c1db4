import { beforeEach, describe, expect, test } from 'vitest'
import type { Column, Update } from '../protocol/events.ts'
import { type Row, rowKey } from '../protocol/row.ts'
import { finish } from '../steps.ts'
import { MEMORY_MS } from './chart-memory.ts'
import { ChartSource, MAX_LINES } from './chart-source.ts'

let columns: Column[]
let source: ChartSource
let rows: Map<string, Row>

beforeEach(() => {
  columns = [
    { name: 'id', type: 'integer' },
    { name: 'v', type: 'numeric' },
    { name: 'w', type: 'integer' },
    { name: 'ts', type: 'double precision' },
  ]
  source = new ChartSource()
  rows = new Map()
})

function apply(reset: boolean, atMs: number, ...updates: [number, Row][]): void {
  if (reset) rows.clear()
  for (const [diff, row] of updates) {
    if (diff > 0) rows.set(rowKey(row), row)
    else rows.delete(rowKey(row))
  }
  const all: Update[] = updates.map(([diff, row]) => ({ diff, row }))
  finish(source.apply({ reset, updates: all }, atMs, columns, held()))
}
const held = () => [...rows.values()].map((row) => ({ row }))
const roles = (time: string | undefined, key: string | undefined, ...values: string[]) =>
  finish(source.setRoles({ time, key, values }, held()))
const lines = () =>
  Object.fromEntries(
    source.series.map(({ key, value, line }) => [
      `${key ?? ''}.${value}`,
      line.points.map(({ t, v }) => `${t}:${v}`).join(' '),
    ]),
  )

describe('rows that say when they are true of', () => {
  test('are points at that time; those that leave the relation leave the chart', () => {
    roles('ts', 'id', 'v')
    apply(
      true,
      0,
      [1, { id: 1, v: '5', ts: 2 }],
      [1, { id: 1, v: '4', ts: 1 }],
      [1, { id: 2, v: 'NaN', ts: 2 }],
    )
    expect(lines()).toEqual({ '1.v': '1000:4 2000:5', '2.v': '' })
    apply(false, 3_000, [-1, { id: 1, v: '4', ts: 1 }], [1, { id: 1, v: '6', ts: 3 }])
    expect(lines()['1.v']).toBe('2000:5 3000:6')
  })

  test('of which only the last of each key is there are remembered', () => {
    roles('ts', 'id', 'v')
    apply(true, 0, [1, { id: 1, v: '5', ts: 1 }], [1, { id: 2, v: '7', ts: 1 }])
    apply(false, 2_000, [-1, { id: 1, v: '5', ts: 1 }], [1, { id: 1, v: '6', ts: 2 }])
    expect(lines()).toEqual({ '1.v': '1000:5 2000:6', '2.v': '1000:7' })
    // A correction is not a second point.
    apply(false, 3_000, [-1, { id: 1, v: '6', ts: 2 }], [1, { id: 1, v: '9', ts: 2 }])
    expect(lines()['1.v']).toBe('1000:5 2000:9')
    roles('ts', 'id', 'v', 'w')
    expect(lines()['1.v']).toBe('1000:5 2000:9')
  })
})

describe('rows without a time', () => {
  test('are points at the stream’s own time, and end where they are gone', () => {
    roles(undefined, 'id', 'v')
    apply(true, 1_000, [1, { id: 1, v: '5' }], [1, { id: 2, v: '7' }])
    apply(false, 2_000, [-1, { id: 1, v: '5' }], [1, { id: 1, v: '6' }])
    apply(false, 3_000, [-1, { id: 2, v: '7' }])
    expect(lines()).toEqual({ '1.v': '1000:5 2000:6', '2.v': '1000:7 3000:null' })
  })

  test('have what was seen drawn when other columns are chosen', () => {
    roles(undefined, 'id', 'v')
    apply(true, 1_000, [1, { id: 1, v: '5', w: 1 }])
    apply(false, 2_000, [-1, { id: 1, v: '5', w: 1 }], [1, { id: 1, v: '6', w: 2 }])
    roles(undefined, undefined, 'w')
    expect(lines()).toEqual({ '.w': '1000:1 2000:2' })
  })

  test('have a gap where the rows were read anew, and are forgotten after ten minutes', () => {
    roles(undefined, 'id', 'v')
    apply(true, 1_000, [1, { id: 1, v: '5' }])
    apply(true, 9_000, [1, { id: 1, v: '6' }])
    expect(lines()['1.v']).toBe('1000:5 8999:null 9000:6')
    for (let at = 1; at < 4; at += 1) {
      apply(false, at * MEMORY_MS, [-1, { id: 1, v: String(at - 1) }], [1, { id: 1, v: String(at) }])
    }
    expect(lines()['1.v']).toBe(`${2 * MEMORY_MS}:2 ${3 * MEMORY_MS}:3`)
  })
})

test('the first keys in their natural order are drawn, and stay', () => {
  roles('ts', 'id', 'v')
  apply(
    true,
    0,
    ...Array.from({ length: 100 }, (_, id): [number, Row] => [1, { id: 100 - id, v: '1', ts: 1 }]),
  )
  expect(source.keys).toBe(100)
  expect(source.series.map(({ key }) => Number(key)).sort((a, b) => a - b)).toEqual(
    Array.from({ length: MAX_LINES }, (_, index) => index + 1),
  )
  apply(false, 1, [1, { id: 0, v: '1', ts: 2 }])
  expect(source.series).toHaveLength(MAX_LINES)
  roles('ts', 'id', 'v', 'w')
  expect(source.drawnKeys).toBe(MAX_LINES / 2)
})

test('columns that are others begin anew', () => {
  roles(undefined, 'id', 'v')
  apply(true, 1_000, [1, { id: 1, v: '5' }])
  columns = [
    { name: 'id', type: 'integer' },
    { name: 'v', type: 'text' },
  ]
  apply(true, 2_000, [1, { id: 1, v: '5' }])
  expect(lines()['1.v']).toBe('2000:5')
})

test('columns that are others leave room for all that is remembered', () => {
  roles(undefined, 'id', 'v')
  const all = Array.from({ length: 19_900 }, (_, id): [number, Row] => [1, { id, v: '1' }])
  apply(true, 1_000, ...all)
  columns = columns.slice(0, 2)
  apply(true, 2_000, [1, { id: 1, v: '0' }])
  for (let i = 1; i <= 200; i += 1) {
    apply(false, 2_000 + i, [-1, { id: 1, v: String(i - 1) }], [1, { id: 1, v: String(i) }])
  }
  // Drawn anew from what is remembered.
  roles(undefined, 'id', 'id')
  roles(undefined, 'id', 'v')
  expect(source.series[0]?.line.points).toHaveLength(201)
})
