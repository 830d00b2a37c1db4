import { expect, test } from 'vitest'
import type { Cluster } from '../../lib/readings/clusters.ts'
import { toNames } from './map-names.ts'
import type { MapPin } from './map-pins.ts'

function alone(id: number, x: number, y: number, pm25: number): Cluster<MapPin> {
  const place = { latitude: 48, longitude: 9 }
  const last = { id, pm25, pm10: null, ...place, timestamp: 0 }
  const sensor = { id, last, ageS: 0, state: 'online', isUnsure: false, category: 'good', place } as const
  return { key: id, x, y, pins: [{ id, x, y, sensor, rank: 1 }] }
}

test('the three worst are named', () => {
  const clusters = [1, 2, 3, 4].map((id) => alone(id, 100 * id, 250, id * 10))
  expect([...toNames(clusters, 800).keys()]).toEqual([4, 3, 2])
})

test('a name stands where less is in its way', () => {
  const clusters = [alone(1, 300, 250, 90), alone(2, 340, 255, 5)]
  expect(toNames(clusters, 800).get(1)).toBe('left')
})

test('no name leaves the map or hides under its buttons', () => {
  expect(toNames([alone(1, 780, 400, 90)], 800).get(1)).toBe('left')
  expect(toNames([alone(1, 700, 60, 90)], 800).get(1)).toBe('left')
  expect(toNames([alone(1, 700, 300, 90)], 800).get(1)).toBe('right')
  expect(toNames([alone(1, 20, 300, 90), alone(2, 60, 300, 5)], 800).get(1)).toBe('right')
})

test('no name lies over another one: where no side is left there is none', () => {
  const three = [alone(1, 300, 250, 90), alone(2, 340, 255, 80), alone(3, 310, 245, 70)]
  expect([...toNames(three, 800)]).toEqual([
    [1, 'left'],
    [2, 'right'],
  ])
})
