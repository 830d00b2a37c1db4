import { expect, test } from 'vitest'
import { nearestTo } from './neighbours.ts'
import type { Reading } from './reading.ts'

const sensor = (id: number, latitude: number | null, longitude: number | null): Reading => ({
  id,
  pm25: 1,
  pm10: 1,
  latitude,
  longitude,
  timestamp: 1,
})

test('the nearest come first, without the sensor itself and those that stand nowhere', () => {
  const sensors = [
    sensor(1, 48, 9),
    sensor(2, 48.3, 9),
    sensor(3, 48.1, 9),
    sensor(4, null, 9),
    sensor(5, 0, 0),
    sensor(6, 48.2, 9),
  ]
  const near = nearestTo({ latitude: 48, longitude: 9 }, sensors, { count: 2, except: 1 })
  expect(near.map(({ last }) => last.id)).toEqual([3, 6])
  expect(near[0]?.distanceM).toBeCloseTo(11_119.5, 0)
})
