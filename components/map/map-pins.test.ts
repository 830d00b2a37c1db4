import { expect, test } from 'vitest'
import type { Category } from '../../lib/readings/air-quality.ts'
import type { SensorState } from '../../lib/readings/overview.ts'
import { toMarks, toParts } from './map-pins.ts'
import type { MapSensor } from './map-sensor.ts'
import { withPlace } from './map-sensor.ts'

const size = { width: 800, height: 500 }
const camera = { latitude: 48.78, longitude: 9.18, scale: 400_000 }

function sensor(id: number, longitude: number, category: Category, state: SensorState = 'online'): MapSensor {
  const place = { latitude: 48.78, longitude }
  const last = { id, pm25: 1, pm10: 1, ...place, timestamp: 0 }
  return { id, last, ageS: 0, state, isUnsure: false, category, place }
}

test('the worst air is drawn last, and so lies on top', () => {
  const sensors = [
    sensor(1, 9.17, 'hazardous'),
    sensor(2, 9.18, 'good'),
    sensor(3, 9.19, 'hazardous', 'silent'),
  ]
  expect(toMarks(sensors, camera, size).map(({ key }) => key)).toEqual([3, 2, 1])
})

test('what is out of sight is not drawn', () => {
  expect(toMarks([sensor(1, 12, 'good')], camera, size)).toEqual([])
})

test('the ring of a cluster is parted by category, the worst first', () => {
  const sensors = [
    sensor(1, 9.18, 'good'),
    sensor(2, 9.18, 'good'),
    sensor(3, 9.18, 'good'),
    sensor(4, 9.18, 'moderate'),
  ]
  const [cluster] = toMarks(sensors, camera, size)
  expect(toParts(cluster?.pins ?? []).map(({ from, share }) => [from, share])).toEqual([
    [0, 0.25],
    [0.25, 0.75],
  ])
})

test('a sensor without a place is left out', () => {
  const lost = sensor(1, 9, 'good')
  expect(withPlace([{ ...lost, last: { ...lost.last, latitude: null } }, sensor(2, 9, 'good')])).toHaveLength(
    1,
  )
})
