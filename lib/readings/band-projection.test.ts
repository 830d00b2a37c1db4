import { describe, expect, test } from 'vitest'
import { BandProjection } from './band-projection.ts'

const row = (second: number, readings = 2) => ({
  second,
  readings,
  pm25_min: 1,
  pm25_mean: 2,
  pm25_max: 3,
  pm10_min: null,
  pm10_mean: null,
  pm10_max: null,
})
type Second = ReturnType<typeof row>
const change = (asOfS: number, gone: Second[], come: Second[]) => ({
  reset: false,
  asOfMs: asOfS * 1000,
  updates: [...gone.map((one) => ({ diff: -1, row: one })), ...come.map((one) => ({ diff: 1, row: one }))],
})
const snapshot = (asOfS: number, rows: Second[], anew = false) => ({
  ...change(asOfS, [], rows),
  reset: true,
  anew,
})
const timesOf = (projection: BandProjection) =>
  projection.show(0).band.items.map(({ timestamp, readings }) => [timestamp, readings])

describe('the seconds', () => {
  test('are replaced as more of their readings come, and leave', () => {
    const projection = new BandProjection()
    projection.apply(snapshot(1_000, [row(400), row(999)]))
    projection.apply(change(1_001, [row(999), row(400)], [row(999, 5)]))
    expect(timesOf(projection)).toEqual([[999, 5]])
    expect(projection.show(0).band.last).toMatchObject({ pm25: { min: 1, mean: 2, max: 3 }, pm10: null })
  })

  test('stay while they are held, as they were when they were whole', () => {
    const projection = new BandProjection()
    projection.apply(snapshot(1_000, [row(401, 3), row(402, 3)]))
    projection.hold(400)
    projection.apply(change(1_001.5, [row(401, 3)], [row(401, 1)]))
    projection.apply(change(1_002.5, [row(401, 1)], []))
    expect(timesOf(projection)).toEqual([
      [401, 3],
      [402, 3],
    ])
    projection.release()
    expect(timesOf(projection)).toEqual([[402, 3]])
  })
})

describe('when the database begins anew', () => {
  test('what was told stays until it leaves the window or is told again', () => {
    const projection = new BandProjection()
    projection.apply(snapshot(1_000, [row(900), row(950), row(990)]))
    projection.apply(snapshot(1_010, [row(980)], true))
    const { band, formerBand } = projection.show(1_010_000)
    expect(band.items.map(({ timestamp }) => timestamp)).toEqual([980])
    expect(formerBand?.items.map(({ timestamp }) => timestamp)).toEqual([900, 950])
    expect(projection.show(1_520_000).formerBand?.items.map(({ timestamp }) => timestamp)).toEqual([950])
    expect(projection.show(1_551_000).formerBand).toBeUndefined()
  })

  test('a snapshot of the same database leaves nothing behind', () => {
    const projection = new BandProjection()
    projection.apply(snapshot(1_000, [row(990)]))
    projection.apply(snapshot(1_001, [row(995)]))
    expect(projection.show(0).formerBand).toBeUndefined()
  })
})
