import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toOverview } from './overview.ts'
import type { SensorSeries } from './sensor-series.ts'
import { everySecond, seriesOf } from './series-of.ts'

const overviewOf = (sensors: SensorSeries[], nowS: number, asOfS?: number) =>
  toOverview({ sensors, perSecond: 0, delay: undefined }, nowS, asOfS)
const stateOf = (series: SensorSeries, nowS = 100) => overviewOf([series], nowS).sensors[0]?.state

describe('who is silent', () => {
  test('a sensor without a reading for 10 seconds is', () => {
    const series = [seriesOf(1, everySecond(0, 100)), seriesOf(2, everySecond(0, 90))]
    expect(overviewOf(series, 100)).toMatchObject({ online: 2, silent: 0 })
    expect(overviewOf(series, 100.5)).toMatchObject({ online: 1, silent: 1 })
  })

  test('a slow sensor is given five of its own intervals', () => {
    const slow = seriesOf(1, [
      [0, 1],
      [30, 1],
      [60, 1],
      [90, 1],
    ])
    expect(overviewOf([slow], 239)).toMatchObject({ online: 1 })
    expect(overviewOf([slow], 241)).toMatchObject({ silent: 1 })
  })

  test('two readings far apart do not make a slow sensor', () => {
    const series = seriesOf(1, [
      [0, 1],
      [300, 1],
    ])
    expect(overviewOf([series], 320)).toMatchObject({ silent: 1 })
  })

  test('no sensor falls silent because the stream does', () => {
    const overview = overviewOf([seriesOf(1, everySecond(0, 100))], 400, 101)
    expect(overview).toMatchObject({ online: 1, silent: 0 })
    expect(overview.sensors[0]?.ageS).toBe(300)
  })
})

describe('who may be silent', () => {
  const sensor = (id: number, timestamp: number, silentAfterS: number, isRhythmKnown = true) => ({
    id,
    last: { id, pm25: 1, pm10: 1, latitude: null, longitude: null, timestamp },
    silentAfterS,
    isRhythmKnown,
    unchangedS: 0,
  })
  const unsureOf = (sensors: ReturnType<typeof sensor>[]) =>
    toOverview({ sensors, perSecond: 0, delay: undefined }, 100).unsure

  test('is who has said nothing for as long as makes most others silent', () => {
    const others = [1, 2, 3].map((id) => sensor(id, 99, 10))
    expect(unsureOf([...others, sensor(4, 60, 75, false), sensor(5, 95, 75, false)])).toBe(1)
    expect(unsureOf([...others, sensor(4, 60, 200)])).toBe(0)
  })

  test('is nobody where others are as slow, or have not yet shown how often they report', () => {
    expect(unsureOf([sensor(1, 90, 300), sensor(2, 90, 300), sensor(3, 50, 75, false)])).toBe(0)
    expect(unsureOf([1, 2, 3].map((id) => sensor(id, 60, 75, false)))).toBe(0)
  })
})

describe('who is faulty', () => {
  test.each([
    ['a negative value', -0.1],
    ['a value off the scale', 999.9],
    ['no value at all', null],
  ])('a sensor that reports %s is', (_, value) => {
    expect(stateOf(seriesOf(1, [[100, value]]))).toBe('faulty')
  })

  test('a sensor that has repeated itself for more than three minutes is', () => {
    const changing = everySecond(0, 20).map(([t]) => [t, t] as const)
    expect(stateOf(seriesOf(1, [...changing, ...everySecond(21, 201)]), 201)).toBe('online')
    expect(stateOf(seriesOf(1, [...changing, ...everySecond(21, 202)]), 202)).toBe('faulty')
  })

  test('a faulty sensor that is silent is silent, and nobody counts what it said', () => {
    const overview = overviewOf([seriesOf(1, [[50, 999.9]]), seriesOf(2, [[100, -5]])], 100)
    expect(overview).toMatchObject({ silent: 1, faulty: 1, online: 0, worst: undefined })
    expect(overview.figures.pm25.mean).toBeUndefined()
    expect(overview.sensors[1]?.category).toBeUndefined()
  })
})

describe('the figures of all sensors', () => {
  test('are the mean, the highest and the 95th percentile, each with its category', () => {
    const series = Array.from({ length: 100 }, (_, id) => seriesOf(id, [[100, id + 1]]))
    const { figures, byCategory } = overviewOf(series, 100)
    expect(figures.pm25).toEqual({
      mean: { value: 50.5, category: 'sensitive' },
      max: { value: 100, category: 'unhealthy' },
      p95: { value: 95, category: 'unhealthy' },
    })
    expect(figures.pm10.mean).toBeUndefined()
    expect(byCategory).toMatchObject({ good: 9, moderate: 26, sensitive: 20, unhealthy: 45, hazardous: 0 })
  })

  test('count every sensor once, in its state and in its category', () => {
    const values = fc.array(fc.option(fc.double({ min: -10, max: 1000, noNaN: true })), { maxLength: 50 })
    fc.assert(
      fc.property(values, (all) => {
        const { sensors, online, silent, faulty, byCategory, figures } = overviewOf(
          all.map((value, id) => seriesOf(id, [[id % 2 ? 100 : 80, value]])),
          100,
        )
        expect(online + silent + faulty).toBe(sensors.length)
        expect(Object.values(byCategory).reduce((sum, count) => sum + count)).toBe(online)
        const { mean, p95, max } = figures.pm25
        if (max && p95 && mean) {
          expect(p95.value).toBeLessThanOrEqual(max.value)
          expect(mean.value).toBeLessThanOrEqual(max.value + 1e-9)
        }
      }),
    )
  })
})

describe('the worst sensor', () => {
  test('is the highest PM2.5 of those that are online', () => {
    const series = [
      seriesOf(1, everySecond(0, 100, 12)),
      seriesOf(2, everySecond(0, 100, 60)),
      seriesOf(3, everySecond(0, 50, 300)),
      seriesOf(4, [[100, null]]),
    ]
    expect(overviewOf(series, 100).worst).toMatchObject({ id: 2, category: 'unhealthy' })
  })

  test('is nobody where nobody is online', () => {
    expect(overviewOf([], 100)).toMatchObject({ worst: undefined, online: 0, sensors: [] })
  })
})
