import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SensorSeries } from './sensor-series.ts'
import { SeriesBand } from './series-band.ts'

const readings = fc.record({
  id: fc.integer({ min: 1, max: 3 }),
  timestamp: fc.double({ min: 0, max: 4, noNaN: true }),
  pm25: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
})

test('is what the database would say of the same readings, whatever came and went', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(readings, fc.boolean(), fc.boolean())), (all) => {
      const series = [1, 2, 3].map((id) => new SensorSeries(id))
      const band = new SeriesBand()
      const held: { timestamp: number; pm25: number | null }[] = []
      for (const [one, goesAgain, looks] of all) {
        const reading = { ...one, pm10: null, latitude: null, longitude: null }
        const own = series[one.id - 1]
        own?.apply(reading, 1)
        band.touch(one.timestamp)
        if (looks) band.refresh(series)
        if (goesAgain) own?.apply(reading, -1)
        else held.push(one)
        band.touch(one.timestamp)
      }
      const seconds = [...new Set(held.map(({ timestamp }) => Math.floor(timestamp)))].sort((a, b) => a - b)
      const expected = seconds.map((second) => {
        const own = held.filter(({ timestamp }) => Math.floor(timestamp) === second)
        const values = own.flatMap(({ pm25 }) => pm25 ?? [])
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length
        const spread = { min: Math.min(...values), mean: expect.closeTo(mean, 6), max: Math.max(...values) }
        return {
          timestamp: second,
          readings: own.length,
          pm25: values.length ? spread : null,
          pm10: null,
        }
      })
      expect(band.refresh(series).items).toEqual(expected)
    }),
  )
})
