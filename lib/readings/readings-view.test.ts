import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BandSeries } from './band.ts'
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

describe('a sensor that has died', () => {
  const retract = (asOfMs: number, ...rows: ReturnType<typeof row>[]) => ({
    reset: false,
    asOfMs,
    updates: rows.map((one) => ({ diff: -1, row: one })),
  })
  const sensorsOf = (projection: ReadingsProjection) =>
    projection.show(0, false).sensors.map(({ id, last }) => [id, last?.timestamp])

  test('is still listed with its last reading when that has left the window, until it speaks again', () => {
    const projection = new ReadingsProjection()
    projection.apply(insert(row(2, 100), row(1, 100), row(1, 101), row(3, 690)))
    projection.apply(retract(700_000, row(1, 100), row(2, 100)))
    projection.apply(retract(701_000, row(1, 101)))
    expect(sensorsOf(projection)).toEqual([
      [1, 101],
      [2, 100],
      [3, 690],
    ])
    expect(projection.show(0, false).lines.map(({ id }) => id)).toEqual([3])
    projection.apply(insert(row(2, 702)))
    expect(sensorsOf(projection)).toEqual([
      [1, 101],
      [2, 702],
      [3, 690],
    ])
  })

  test('is listed also when it was missed while the page was not connected', () => {
    const projection = new ReadingsProjection()
    projection.apply(insert(row(1, 100), row(2, 500)))
    projection.apply({ ...insert(row(3, 800)), reset: true, asOfMs: 800_000 })
    // The reading of sensor 2 would still be there, had nobody deleted it.
    expect(sensorsOf(projection)).toEqual([
      [1, 100],
      [3, 800],
    ])
  })

  test('goes with its readings where these were deleted, and with its database', () => {
    const projection = new ReadingsProjection()
    projection.apply(insert(row(1, 100), row(2, 100)))
    projection.apply(retract(200_000, row(1, 100)))
    projection.apply(retract(700_000, row(2, 100)))
    expect(sensorsOf(projection)).toEqual([[2, 100]])
    projection.apply({ ...insert(row(3, 800)), reset: true, anew: true, asOfMs: 800_000 })
    expect(sensorsOf(projection)).toEqual([[3, 800]])
  })

  test('may have died before the page was opened', () => {
    const projection = new ReadingsProjection()
    projection.apply({ ...insert(row(1, 800)), reset: true, asOfMs: 800_000 })
    const former = (id: number) => ({ id, pm25: 1, pm10: 1, latitude: null, longitude: null, timestamp: 10 })
    projection.recall([former(1), former(2)])
    expect(sensorsOf(projection)).toEqual([
      [1, 800],
      [2, 10],
    ])
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

const timesOf = (series: readonly { id: number; readings: readonly { timestamp: number }[] }[]) =>
  series.map(({ id, readings }) => [id, readings.map(({ timestamp }) => timestamp)])
const at = (asOfS: number, ...gone: ReturnType<typeof row>[]) => ({
  reset: false,
  asOfMs: asOfS * 1000,
  updates: gone.map((one) => ({ diff: -1, row: one })),
})
const snapshot = (asOfS: number, anew: boolean, ...rows: ReturnType<typeof row>[]) => ({
  ...insert(...rows),
  reset: true,
  anew,
  asOfMs: asOfS * 1000,
})

describe('readings that are held', () => {
  test('stay when they leave the window, and go when nobody holds them any more', () => {
    const projection = new ReadingsProjection()
    projection.apply(snapshot(700, false, row(1, 101), row(1, 102), row(1, 699)))
    projection.hold(100)
    projection.apply(at(702, row(1, 101), row(1, 102)))
    expect(timesOf(projection.show(0, false).lines)).toEqual([[1, [101, 102, 699]]])
    projection.release()
    expect(timesOf(projection.show(0, false).lines)).toEqual([[1, [699]]])
  })

  test('go at once when they are deleted or corrected', () => {
    const projection = new ReadingsProjection()
    projection.apply(snapshot(700, false, row(1, 101), row(1, 600)))
    projection.hold(100)
    projection.apply(at(700.5, row(1, 101), row(1, 600)))
    expect(projection.show(0, false).lines).toEqual([])
  })

  test('are those of the time that is asked for, and of 20 minutes at most', () => {
    const projection = new ReadingsProjection()
    projection.apply(snapshot(700, false, row(1, 101), row(1, 150), row(1, 650)))
    projection.hold(120)
    projection.apply(at(750, row(1, 101), row(1, 150)))
    expect(timesOf(projection.show(0, false).lines)).toEqual([[1, [150, 650]]])
    projection.apply(at(1_351, row(1, 650)))
    expect(timesOf(projection.show(0, false).lines)).toEqual([[1, [650]]])
  })

  test('outlast a snapshot of the same database', () => {
    const projection = new ReadingsProjection()
    projection.apply(snapshot(700, false, row(1, 101), row(1, 650)))
    projection.hold(100)
    projection.apply(snapshot(720, false, row(1, 651)))
    expect(timesOf(projection.show(0, false).lines)).toEqual([[1, [101, 651]]])
  })
})

describe('when the database begins anew', () => {
  test('former lines stay apart from the new ones, and end where those begin', () => {
    const projection = new ReadingsProjection()
    projection.apply(snapshot(200, false, row(1, 190), row(1, 200), row(2, 200)))
    projection.apply(snapshot(210, true))
    expect(projection.show(210_000, false)).toMatchObject({ lines: [], delay: undefined })
    expect(timesOf(projection.show(210_000, false).formerLines)).toEqual([
      [1, [190, 200]],
      [2, [200]],
    ])
    projection.apply(insert(row(1, 195)))
    const { lines, formerLines } = projection.show(211_000, false)
    expect(timesOf(lines)).toEqual([[1, [195]]])
    expect(timesOf(formerLines)).toEqual([
      [1, [190]],
      [2, [200]],
    ])
  })

  test('more than once, each beginning has lines of its own', () => {
    const projection = new ReadingsProjection()
    projection.apply(snapshot(200, false, row(1, 190), row(1, 200)))
    projection.apply(snapshot(210, true, row(1, 205)))
    projection.apply(snapshot(220, true, row(1, 215)))
    expect(timesOf(projection.show(220_000, false).formerLines)).toEqual([
      [1, [190, 200]],
      [1, [205]],
    ])
  })

  test('former lines die out as the window passes, though nothing else changes', () => {
    const projection = new ReadingsProjection()
    projection.apply(snapshot(200, false, row(1, 190), row(1, 200)))
    projection.apply(snapshot(210, true))
    expect(timesOf(projection.show(795_000, false).formerLines)).toEqual([[1, [200]]])
    expect(projection.show(801_000, false).formerLines).toEqual([])
  })

  test('nothing that the new database tells is ever missing, and nothing is drawn twice', () => {
    const times = fc.uniqueArray(fc.integer({ min: 100, max: 300 }), { maxLength: 12 })
    fc.assert(
      fc.property(fc.array(times, { minLength: 1, maxLength: 4 }), (databases) => {
        const projection = new ReadingsProjection()
        databases.forEach((all, index) => {
          projection.apply(snapshot(300, index > 0, ...all.map((t) => row(1, t))))
        })
        const { lines, formerLines } = projection.show(300_000, false)
        const newest = [...(databases.at(-1) ?? [])].sort((a, b) => a - b)
        expect(lines.flatMap(({ readings }) => readings.map(({ timestamp }) => timestamp))).toEqual(newest)
        let before = Number.NEGATIVE_INFINITY
        for (const { readings } of [...formerLines, ...lines]) {
          for (const { timestamp } of readings) {
            expect(timestamp).toBeGreaterThan(before)
            before = timestamp
          }
        }
      }),
    )
  })
})

describe('with more sensors than can be told apart', () => {
  const many = (count: number, t: number) => Array.from({ length: count }, (_, id) => row(id, t, id))

  test('there is a band of all of them', () => {
    const projection = new ReadingsProjection()
    projection.apply(snapshot(200, false, ...many(24, 190)))
    expect(projection.show(0, false).band).toBeUndefined()
    projection.apply(insert(row(24, 190, 24)))
    expect(projection.show(0, false).band?.items).toMatchObject([
      { timestamp: 190, readings: 25, pm25: { min: 0, mean: 12, max: 24 } },
    ])
  })

  test('the band stays, too, when the database begins anew', () => {
    const former = new BandSeries()
    const projection = new ReadingsProjection(undefined, former)
    projection.apply(snapshot(200, false, ...many(30, 190)))
    projection.apply(snapshot(210, true))
    projection.show(210_000, false)
    expect(former.items).toMatchObject([{ timestamp: 190, readings: 30 }])
    projection.show(791_000, false)
    expect(former.items).toEqual([])
  })
})
