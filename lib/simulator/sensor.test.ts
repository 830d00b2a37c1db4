import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Reading } from '../readings/reading.ts'
import { readingAt } from './sensor.ts'
import { siteOf } from './stuttgart.ts'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const MONDAY = Date.UTC(2026, 10, 23)

const seeds = fc.integer({ min: 0, max: 1000 })
const sensors = fc.integer({ min: 1, max: 10_000 })
const times = fc.integer({ min: Date.UTC(2022, 0, 1), max: Date.UTC(2038, 0, 1) })

/** What a sensor measures over a day, one reading a minute. */
function dayOf(sensor: number, startMs = MONDAY): (Reading | undefined)[] {
  return Array.from({ length: 1440 }, (_, minute) => readingAt(1, sensor, startMs + minute * MINUTE_MS))
}

const pm25Of = (readings: (Reading | undefined)[]): (number | null)[] =>
  readings.map((reading) => reading?.pm25 ?? null)

function correlation(a: readonly (number | null)[], b: readonly (number | null)[]): number {
  const pairs = a.flatMap((x, i) => {
    const y = b[i]
    // Faults are not the air: they are left out on both sides.
    return x === null || y === null || y === undefined || x > 500 || y > 500 ? [] : [[x, y] as const]
  })
  const mean = (of: (pair: readonly [number, number]) => number) =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length
  const [meanX, meanY] = [mean(([x]) => x), mean(([, y]) => y)]
  const covariance = mean(([x, y]) => (x - meanX) * (y - meanY))
  return covariance / Math.sqrt(mean(([x]) => (x - meanX) ** 2) * mean(([, y]) => (y - meanY) ** 2))
}

describe('readingAt', () => {
  it('always gives the same reading for the same seed, sensor and time', () => {
    fc.assert(
      fc.property(seeds, sensors, times, (seed, sensor, time) => {
        const reading = readingAt(seed, sensor, time)
        // Whatever was asked in between.
        readingAt(seed + 1, sensor, time)
        readingAt(seed, sensor + 1, time - MINUTE_MS)
        expect(readingAt(seed, sensor, time)).toEqual(reading)
      }),
    )
  })

  it('stays within what the instrument can show, in its steps, and PM10 holds PM2.5', () => {
    fc.assert(
      fc.property(seeds, sensors, times, (seed, sensor, time) => {
        const reading = readingAt(seed, sensor, time)
        if (!reading) return
        const { pm25, pm10 } = reading
        expect(pm25).toBeGreaterThanOrEqual(0.1)
        expect(pm25).toBeLessThanOrEqual(999.9)
        expect(pm10).toBeLessThanOrEqual(1999.9)
        expect(pm10).toBeGreaterThanOrEqual(pm25 ?? Number.NaN)
        expect(Math.round((pm25 ?? 0) * 10) / 10).toBe(pm25)
        expect(reading.id).toBe(sensor)
        expect(reading.timestamp).toBe(time / 1000)
      }),
      { numRuns: 500 },
    )
  })

  it('is mostly what a city of Central Europe breathes', () => {
    const values = [1, 2, 7, 12, 17]
      .flatMap((sensor) => pm25Of(dayOf(sensor)))
      .filter((value) => value !== null)
      .sort((a, b) => a - b)
    expect(values[Math.floor(values.length * 0.5)]).toBeGreaterThan(3)
    expect(values[Math.floor(values.length * 0.5)]).toBeLessThan(40)
    expect(values[Math.floor(values.length * 0.99)]).toBeLessThan(150)
  })

  it('changes gently from one second to the next, and always a little within a minute', () => {
    const start = MONDAY + 10 * 3_600_000
    const readings = Array.from(
      { length: 60 },
      (_, second) => readingAt(1, 4, start + second * 1000)?.pm25 ?? 0,
    )
    const steps = readings.slice(1).map((value, i) => Math.abs(value - (readings[i] ?? 0)))
    expect(Math.max(...steps)).toBeLessThan(0.15 * Math.max(...readings))
    expect(new Set(readings).size).toBeGreaterThan(3)
  })

  it('makes neighbours more alike than sensors at opposite ends of the city', () => {
    const round = Array.from({ length: 24 }, (_, i) => pm25Of(dayOf(i + 1)))
    // The second round of sensors stands around the first one.
    const near = round.map((series, i) => correlation(series, pm25Of(dayOf(i + 25))))
    const far = [
      [24, 16], // Stammheim and Plieningen
      [23, 12], // Mühlhausen and Vaihingen
      [10, 18], // Weilimdorf and Hedelfingen
      [9, 16], // Zuffenhausen and Plieningen
    ].map(([a = 1, b = 1]) => correlation(round[a - 1] ?? [], round[b - 1] ?? []))
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(mean(near)).toBeGreaterThan(0.7)
    expect(mean(near)).toBeGreaterThan(mean(far) + 0.1)
    expect(mean(far)).toBeGreaterThan(0)
  })

  it('rises in the rush hour of working days, most at the big roads', () => {
    const over = (sensor: number, day: number, hours: readonly [number, number]) => {
      const [from, to] = hours
      const days = Array.from({ length: 17 }, (_, week) => MONDAY + day * DAY_MS + week * 7 * DAY_MS)
      const values = days.flatMap((start) =>
        pm25Of(dayOf(sensor, start).slice((from - 1) * 60, (to - 1) * 60)).filter(
          (value) => value !== null && value < 500,
        ),
      ) as number[]
      return values.reduce((sum, value) => sum + value, 0) / values.length
    }
    // Neckartor, over the weeks of a winter, whose local time is one hour ahead of UTC.
    expect(over(2, 1, [7, 9])).toBeGreaterThan(1.3 * over(2, 1, [2, 4]))
    expect(over(2, 1, [7, 9])).toBeGreaterThan(1.2 * over(2, 6, [7, 9]))
    expect(over(2, 1, [7, 9])).toBeGreaterThan(1.3 * over(17, 1, [7, 9]))
  })

  it('has silent, stuck and absurd sensors within a day, and few of them', () => {
    const days = Array.from({ length: 100 }, (_, i) => dayOf(i + 1))
    const all = days.flat()
    const silent = all.filter((reading) => reading === undefined).length / all.length
    expect(silent).toBeGreaterThan(0.0005)
    expect(silent).toBeLessThan(0.02)

    const absurd = days.filter((day) => day.some((reading) => reading?.pm25 === 999.9))
    expect(absurd.length).toBeGreaterThan(0)
    expect(all.filter((reading) => reading?.pm25 === 999.9).length / all.length).toBeLessThan(0.003)

    const longestRun = (values: (number | null)[]) => {
      let [run, longest] = [1, 1]
      values.forEach((value, i) => {
        run = i > 0 && value !== null && value === values[i - 1] ? run + 1 : 1
        longest = Math.max(longest, run)
      })
      return longest
    }
    expect(days.filter((day) => longestRun(pm25Of(day)) >= 8).length).toBeGreaterThan(0)
  })
})

describe('siteOf', () => {
  it('stays put, in the city', () => {
    fc.assert(
      fc.property(seeds, sensors, (seed, sensor) => {
        const site = siteOf(seed, sensor)
        expect(siteOf(seed, sensor)).toEqual(site)
        expect(Math.hypot(site.x, site.y)).toBeLessThan(12)
      }),
    )
  })
})
