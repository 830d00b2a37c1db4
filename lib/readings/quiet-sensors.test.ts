import { expect, test } from 'vitest'
import { QuietSensors } from './quiet-sensors.ts'

const reading = (id: number) => ({ id, pm25: 1, pm10: 1, latitude: null, longitude: null, timestamp: id })
const idsOf = (quiet: QuietSensors) => [...quiet.items].map(({ id }) => id)

test('of more sensors than can be remembered those go that have been so for the longest', () => {
  const quiet = new QuietSensors()
  for (let id = 1; id <= 1_000; id += 1) quiet.remember(reading(id))
  quiet.remember(reading(1))
  quiet.remember(reading(1_001))
  expect(quiet.size).toBe(1_000)
  expect(idsOf(quiet).slice(0, 1)).toEqual([3])
  expect(idsOf(quiet).slice(-2)).toEqual([1, 1_001])
})
