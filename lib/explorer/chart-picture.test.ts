import { beforeEach, describe, expect, test } from 'vitest'
import type { Row } from '../protocol/row.ts'
import { finish } from '../steps.ts'
import { createPicture } from './chart-picture.ts'
import { ChartSource } from './chart-source.ts'

const columns = [
  { name: 'id', type: 'integer' },
  { name: 'v', type: 'double precision' },
  { name: 'at', type: 'double precision' },
]
const NOW = 1_795_517_600_000
let source: ChartSource
beforeEach(() => {
  source = new ChartSource()
})

function read(rows: Row[], time: string | undefined, atMs = NOW): void {
  finish(source.setRoles({ time, key: 'id', values: ['v'] }, []))
  const updates = rows.map((row) => ({ diff: 1, row }))
  const held = rows.map((row) => ({ row }))
  finish(source.apply({ reset: true, updates }, atMs, columns, held))
}

describe('a picture', () => {
  test('has few points, whatever there is to draw', () => {
    const rows: Row[] = []
    for (let id = 0; id < 30; id += 1)
      for (let n = 0; n < 2_000; n += 1) rows.push({ id, v: Math.sin(n + id), at: NOW / 1000 - n })
    read(rows, 'at')
    const picture = createPicture(source, NOW, { widthPx: 1_200 })
    expect(picture?.lines).toHaveLength(24)
    expect(picture).toMatchObject({ keys: 30, drawnKeys: 24 })
    expect(picture?.lines.every(({ rank }) => rank === undefined)).toBe(true)
    const points = picture?.lines.reduce((sum, line) => sum + line.points.length, 0) ?? 0
    expect(points).toBeGreaterThan(1_000)
    expect(points).toBeLessThanOrEqual(4_000)
  })

  test('of few lines ranks them by their names, also where one has nothing to draw', () => {
    const at = NOW / 1000
    read(
      [10, 9, 2].map((id) => ({ id, v: id, at: id === 9 ? null : at })),
      'at',
    )
    const ranks = createPicture(source, NOW, { widthPx: 600 })?.lines.map(({ label, rank }) => [label, rank])
    expect(ranks?.at(0)).toEqual(['2', 0])
    expect(ranks?.at(-1)?.[0]).toBe('10')
  })

  test('ends now where the rows are young, else with the last of them', () => {
    read([{ id: 1, v: 1, at: NOW / 1000 - 20 }], 'at')
    expect(createPicture(source, NOW, { widthPx: 600 })?.toMs).toBe(NOW)
    source = new ChartSource()
    read([{ id: 1, v: 1, at: NOW / 1000 - 86_400 }], 'at')
    const past = createPicture(source, NOW, { widthPx: 600 })
    // Not at the very edge.
    expect(past?.toMs).toBeGreaterThan(NOW - 86_400_000)
    expect(past?.toMs).toBeLessThan(NOW - 86_390_000)
  })

  test('of values without a time holds each until the next, up to now', () => {
    read([{ id: 1, v: 7 }], undefined, NOW - 5_000)
    const picture = createPicture(source, NOW, { widthPx: 600 })
    expect(picture?.isSteps).toBe(true)
    expect(picture?.lines[0]).toMatchObject({
      label: '1',
      last: 7,
      points: [
        { t: NOW - 5_000, v: 7 },
        { t: NOW, v: 7 },
      ],
    })
  })

  test('of a value that is gone holds it until then', () => {
    read([{ id: 1, v: 7 }], undefined, NOW - 5_000)
    const gone = { reset: false, updates: [{ diff: -1, row: { id: 1, v: 7 } }] }
    finish(source.apply(gone, NOW - 2_000, columns, []))
    const values = createPicture(source, NOW, { widthPx: 600 })?.lines[0]?.points.filter(
      ({ v }) => v !== null,
    )
    expect(values?.at(-1)).toEqual({ t: NOW - 2_000, v: 7 })
  })

  test('has fewer points where the machine takes long to paint', () => {
    const rows = Array.from({ length: 5_000 }, (_, n) => ({ id: 1, v: (n * 7919) % 31, at: NOW / 1000 - n }))
    read(rows, 'at')
    const points = (detail: number) =>
      createPicture(source, NOW, { widthPx: 1_200, detail })?.lines[0]?.points.length ?? 0
    expect(points(0.25)).toBeLessThan(points(1) / 2)
  })

  test('of nothing is none', () => {
    read([], 'at')
    expect(createPicture(source, NOW, { widthPx: 600 })).toBeUndefined()
    read([{ id: 1, v: 'NaN', at: NOW / 1000 }], 'at')
    expect(createPicture(source, NOW, { widthPx: 600 })).toBeUndefined()
  })
})
