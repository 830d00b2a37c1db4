import { describe, expect, test } from 'vitest'
import { BandSeries } from '../../lib/readings/band.ts'
import { everySecond, seriesOf } from '../../lib/readings/series-of.ts'
import { toPath } from './chart-frame.ts'
import { createFrame } from './create-frame.ts'

const request = { metric: 'pm25', windowS: 60, width: 846, height: 236 } as const

function bandOf(fromS: number, toS: number, max = 30): BandSeries {
  const band = new BandSeries()
  for (let timestamp = fromS; timestamp <= toS; timestamp += 1)
    band.set({ timestamp, readings: 9, pm25: { min: 1, mean: 10, max }, pm10: null })
  return band
}
const timesOf = (points: readonly { t: number }[] | undefined) => (points ?? []).map(({ t }) => t)

describe('a picture of the past', () => {
  const input = { lines: [seriesOf(1, everySecond(0, 600))], band: undefined }

  test('is full of the readings of its time, and runs out of it on both sides', () => {
    const { lines, fromS, toS, newestS } = createFrame(input, 300, request)
    expect([fromS, toS, newestS]).toEqual([240, 300, 300])
    const times = timesOf(lines[0]?.points)
    expect([times[0], times.at(-1), times.length]).toEqual([239, 300, 62])
    expect(timesOf(createFrame(input, 300.5, request).lines[0]?.points).at(-1)).toBe(301)
  })

  test.each([5, 30, 600])('of %d seconds has a line all through it', (windowS) => {
    const { lines } = createFrame(input, 600, { ...request, windowS })
    const times = timesOf(lines[0]?.points)
    expect(times[0]).toBeLessThanOrEqual(600 - windowS)
    expect(times.at(-1)).toBe(600)
  })

  test('before anything that is held ends nowhere', () => {
    expect(createFrame(input, -100, request).newestS).toBeUndefined()
  })
})

describe('a band', () => {
  test('has the lines of those that are selected beside it', () => {
    const lines = Array.from({ length: 30 }, (_, id) => seriesOf(id, everySecond(40, 100)))
    const band = bandOf(0, 100)
    const frame = createFrame({ lines, band, selected: new Set([3, 5]) }, 100, request)
    expect(frame.lines.map(({ id }) => id)).toEqual([3, 5])
    expect(frame.band.length).toBe(62)
    expect([frame.hidden, frame.newestS]).toEqual([0, 100])
  })

  test('and 24 lines are no more than 4,000 points on the widest screen', () => {
    const lines = Array.from({ length: 24 }, (_, id) => seriesOf(id, everySecond(0, 1_300)))
    const selected = new Set(lines.map(({ id }) => id))
    const frame = createFrame({ lines, band: bandOf(0, 1_300), selected }, 1_200, {
      ...request,
      windowS: 600,
      width: 2_560,
    })
    const points = frame.lines.reduce((sum, line) => sum + line.points.length, 0)
    expect(frame.lines).toHaveLength(24)
    expect(points + 3 * frame.band.length).toBeLessThanOrEqual(4_000)
  })

  test('is drawn as former up to where the new one begins', () => {
    const frame = createFrame({ lines: [], band: bandOf(90, 100), formerBand: bandOf(50, 80) }, 100, request)
    expect(frame.band.filter(({ isFormer }) => isFormer).at(-1)?.t).toBe(80)
    expect(frame.band.find(({ isFormer }) => !isFormer)?.t).toBe(90)
  })
})

test('former lines are apart from the lines, and do not say what is newest', () => {
  const frame = createFrame({ lines: [], formerLines: [seriesOf(1, everySecond(50, 80))] }, 100, request)
  expect(frame.formerLines.map(({ id }) => id)).toEqual([1])
  expect([frame.lines, frame.newestS, frame.formerUntilS]).toEqual([[], undefined, 80])
})

test('what no air can be does not set the scale', () => {
  const lines = [seriesOf(1, everySecond(40, 100, 20)), seriesOf(2, [[90, 999.9]])]
  expect(createFrame({ lines }, 100, request).valueAxis.max).toBeLessThan(50)
  expect(createFrame({ lines: [], band: bandOf(40, 100, 999.9) }, 100, request).valueAxis.max).toBeLessThan(
    50,
  )
})

test('the path of a line is broken where a value is missing', () => {
  const frame = createFrame({ lines: [], band: undefined }, 60, request)
  const points = [
    { t: 0, v: 0 },
    { t: 30, v: null },
    { t: 60, v: 0 },
  ]
  const bottom = (frame.plot.top + frame.plot.height).toFixed(1)
  const right = (frame.plot.left + frame.plot.width).toFixed(1)
  expect(toPath(frame, { points })).toBe(`M${frame.plot.left.toFixed(1)},${bottom}M${right},${bottom}`)
  expect(toPath(frame, { points: [] })).toBe('')
})
