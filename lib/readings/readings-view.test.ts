import { describe, expect, test } from 'vitest'
import { ReadingsProjection } from './readings-view.ts'

const row = (id: number, timestamp: number, pm25 = 10) => ({
  id,
  pm25,
  pm10: 20,
  geo_lat: 1,
  geo_lon: 2,
  timestamp,
})
const insert = (...rows: ReturnType<typeof row>[]) => ({
  reset: false,
  updates: rows.map((one) => ({ diff: 1, row: one })),
})

describe('the series', () => {
  test('follow insertions and retractions, ordered by id', () => {
    const projection = new ReadingsProjection()
    projection.apply(insert(row(2, 100), row(1, 100), row(1, 101)))
    projection.apply({ reset: false, updates: [{ diff: -1, row: row(1, 100) }] })
    const { lines } = projection.show(0, false)
    expect(lines.map(({ id, readings }) => [id, readings.map(({ timestamp }) => timestamp)])).toEqual([
      [1, [101]],
      [2, [100]],
    ])
  })

  test('are replaced by a snapshot', () => {
    const projection = new ReadingsProjection()
    projection.apply(insert(row(1, 100)))
    projection.apply({ ...insert(row(2, 200)), reset: true })
    expect(projection.show(0, false).lines.map(({ id }) => id)).toEqual([2])
  })

  test('end with a sensor that has no reading left', () => {
    const projection = new ReadingsProjection()
    projection.apply(insert(row(1, 100)))
    projection.apply({ reset: false, updates: [{ diff: -1, row: row(1, 100) }] })
    expect(projection.show(0, false).lines).toEqual([])
  })

  test('pass over rows that are no readings', () => {
    const projection = new ReadingsProjection()
    projection.apply({ reset: false, updates: [{ diff: 1, row: { id: null, timestamp: 1 } }] })
    expect(projection.show(0, false).lines).toEqual([])
  })
})

describe('the delay to the screen', () => {
  test('is the middle of the readings shown in the last minute', () => {
    const projection = new ReadingsProjection()
    projection.apply(insert(row(1, 100), row(2, 100.2), row(3, 100.8)))
    expect(projection.show(101_000, false).delay?.medianMs).toBeCloseTo(800)
    projection.apply(insert(row(1, 170)))
    expect(projection.show(170_300, false).delay?.medianMs).toBeCloseTo(300)
  })

  test('says nothing of history and of what came while nobody looked', () => {
    const projection = new ReadingsProjection()
    projection.apply({ ...insert(row(1, 50)), reset: true })
    expect(projection.show(101_000, false).delay).toBeUndefined()
    projection.apply(insert(row(1, 60)))
    expect(projection.show(161_000, true).delay).toBeUndefined()
  })

  test('is never negative, though a sensor clock runs ahead', () => {
    const projection = new ReadingsProjection()
    projection.apply(insert(row(1, 200)))
    expect(projection.show(100_000, false).delay?.p99Ms).toBe(0)
  })
})

test('the view stays the same object until something changes', () => {
  const projection = new ReadingsProjection()
  projection.apply(insert(row(1, 100)))
  const view = projection.show(100_000, false)
  expect(projection.show(101_000, false)).toBe(view)
})
