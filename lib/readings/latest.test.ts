import { describe, expect, test } from 'vitest'
import { LatestProjection } from './latest.ts'

const row = (id: number, timestamp: number, pm25 = timestamp) => ({ id, pm25, pm10: 1, timestamp })
type LatestRow = ReturnType<typeof row>
const insert = (...rows: LatestRow[]) => rows.map((one) => ({ diff: 1, row: one }))
const retract = (...rows: LatestRow[]) => rows.map((one) => ({ diff: -1, row: one }))

function projectionOf(...rows: LatestRow[]) {
  const projection = new LatestProjection()
  projection.apply({ reset: true, updates: insert(...rows) })
  return projection
}
const sensorsOf = (projection: LatestProjection) =>
  projection.show(0, false).sensors.map(({ id, last }) => [id, last?.timestamp])

describe('the last readings', () => {
  test('are ordered by id, follow what comes, and end with their sensor', () => {
    const projection = projectionOf(row(2, 100), row(1, 100), row(3, 100))
    projection.apply({
      reset: false,
      updates: [...retract(row(2, 100), row(3, 100)), ...insert(row(2, 101))],
    })
    expect(sensorsOf(projection)).toEqual([
      [1, 100],
      [2, 101],
    ])
  })

  test('are replaced by a snapshot, which keeps what is known of a rhythm', () => {
    const projection = projectionOf(row(1, 0), row(2, 0))
    for (let t = 60; t <= 300; t += 60)
      projection.apply({ reset: false, updates: [...retract(row(1, t - 60)), ...insert(row(1, t))] })
    projection.apply({ reset: true, updates: insert(row(1, 360)) })
    expect(sensorsOf(projection)).toEqual([[1, 360]])
    expect(projection.show(0, false).sensors[0]?.silentAfterS).toBe(300)
    projection.apply({ reset: true, anew: true, updates: insert(row(1, 420)) })
    expect(projection.show(0, false).sensors[0]?.silentAfterS).toBe(75)
  })

  test('one late reading does not make a slow sensor', () => {
    const projection = projectionOf(row(1, 0))
    for (const [before, t] of [
      [0, 1],
      [1, 2],
      [2, 62],
      [62, 63],
    ] as const)
      projection.apply({ reset: false, updates: [...retract(row(1, before)), ...insert(row(1, t))] })
    expect(projection.show(0, false).sensors[0]?.silentAfterS).toBe(10)
  })

  test('of a silent sensor stay when the database clears them away, until it speaks again', () => {
    const projection = projectionOf(row(1, 100), row(2, 990))
    projection.apply({ reset: false, asOfMs: 1_000_000, updates: retract(row(1, 100), row(2, 990)) })
    // Sensor 2 has just reported: somebody has taken it away.
    expect(sensorsOf(projection)).toEqual([[1, 100]])
    projection.apply({ reset: false, asOfMs: 1_001_000, updates: insert(row(1, 1_001)) })
    expect(sensorsOf(projection)).toEqual([[1, 1_001]])
  })

  test('of a silent sensor stay through a snapshot, but not into another database', () => {
    const projection = projectionOf(row(1, 100), row(2, 990))
    projection.apply({ reset: true, asOfMs: 1_000_000, updates: insert(row(3, 1_000)) })
    expect(sensorsOf(projection)).toEqual([
      [1, 100],
      [3, 1_000],
    ])
    projection.apply({ reset: true, anew: true, asOfMs: 1_000_000, updates: insert(row(3, 1_000)) })
    expect(sensorsOf(projection)).toEqual([[3, 1_000]])
  })

  test('tell whether it is known how often a sensor reports', () => {
    const projection = projectionOf(row(1, 100))
    expect(projection.show(0, false).sensors[0]?.isRhythmKnown).toBe(false)
    projection.apply({ reset: false, updates: [...retract(row(1, 100)), ...insert(row(1, 110))] })
    expect(projection.show(0, false).sensors[0]?.isRhythmKnown).toBe(true)
  })

  test('tell for how long they have been the same', () => {
    const projection = projectionOf(row(1, 100, 7))
    projection.apply({ reset: false, updates: [...retract(row(1, 100, 7)), ...insert(row(1, 150, 7))] })
    expect(projection.show(0, false).sensors[0]?.unchangedS).toBe(50)
    projection.apply({ reset: false, updates: [...retract(row(1, 150, 7)), ...insert(row(1, 151, 8))] })
    expect(projection.show(0, false).sensors[0]?.unchangedS).toBe(0)
  })
})

test('the delay is that of what came, and not of history', () => {
  const projection = projectionOf(row(1, 100))
  expect(projection.show(150_000, false).delay).toBeUndefined()
  projection.apply({ reset: false, updates: [...retract(row(1, 100)), ...insert(row(1, 150))] })
  expect(projection.show(150_500, false).delay).toEqual({ medianMs: 500, p99Ms: 500 })
})
