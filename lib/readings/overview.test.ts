import { describe, expect, test } from 'vitest'
import { toOverview } from './overview.ts'
import { everySecond, seriesOf } from './series-of.ts'

describe('who is silent', () => {
  test('a sensor without a reading for 10 seconds is', () => {
    const series = [seriesOf(1, everySecond(0, 100)), seriesOf(2, everySecond(0, 90))]
    expect(toOverview(series, 100)).toMatchObject({ online: 2, silent: 0 })
    expect(toOverview(series, 100.5)).toMatchObject({ online: 1, silent: 1 })
  })

  test('a slow sensor is given five of its own intervals', () => {
    const slow = seriesOf(1, [
      [0, 1],
      [30, 1],
      [60, 1],
      [90, 1],
    ])
    expect(toOverview([slow], 239)).toMatchObject({ online: 1 })
    expect(toOverview([slow], 241)).toMatchObject({ silent: 1 })
  })

  test('two readings far apart do not make a slow sensor', () => {
    expect(
      toOverview(
        [
          seriesOf(1, [
            [0, 1],
            [300, 1],
          ]),
        ],
        320,
      ),
    ).toMatchObject({ silent: 1 })
  })

  test('no sensor falls silent because the stream does', () => {
    const series = [seriesOf(1, everySecond(0, 100))]
    const overview = toOverview(series, 400, 101)
    expect(overview).toMatchObject({ online: 1, silent: 0 })
    expect(overview.sensors[0]?.ageS).toBe(300)
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
    expect(toOverview(series, 100).worst).toMatchObject({ id: 2, category: 'unhealthy' })
  })

  test('is nobody where nobody is online', () => {
    expect(toOverview([], 100)).toMatchObject({ worst: undefined, online: 0, sensors: [] })
  })
})

describe('readings per second', () => {
  test('are right from the first moment', () => {
    const series = [1, 2, 3].map((id) => seriesOf(id, everySecond(0, 100)))
    expect(toOverview(series, 100.7).perSecond).toBe(3)
  })

  test('fall to nothing when no reading comes', () => {
    const series = [seriesOf(1, everySecond(0, 100))]
    expect(toOverview(series, 108).perSecond).toBe(0.5)
    expect(toOverview(series, 130).perSecond).toBe(0)
  })

  test('do not count what a sensor claims to have measured in the future', () => {
    const series = [seriesOf(1, everySecond(0, 100)), seriesOf(2, [[5_000, 1]])]
    expect(toOverview(series, 100).perSecond).toBe(1)
  })
})
