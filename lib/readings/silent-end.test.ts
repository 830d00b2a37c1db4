import { expect, test } from 'vitest'
import { everySecond, seriesOf } from './series-of.ts'
import { silentEnds } from './silent-end.ts'

const talking = seriesOf(1, everySecond(0, 100))
const silent = seriesOf(2, everySecond(0, 60, 33))

test('a sensor that has fallen silent is marked where its line ends', () => {
  expect(silentEnds([talking, silent], 'pm25', 0, 100)).toEqual([{ id: 2, t: 60, v: 33, ageS: 40 }])
})

test('a sensor that is only a little late is not marked', () => {
  expect(silentEnds([talking, silent], 'pm25', 0, 65)).toEqual([])
})

test('a line that ended before the picture begins is not marked', () => {
  expect(silentEnds([silent], 'pm25', 61, 121)).toEqual([])
})

test('looking back, a sensor is judged as it stood then', () => {
  const back = seriesOf(3, [...everySecond(0, 20), ...everySecond(80, 100)])
  expect(silentEnds([back], 'pm25', 0, 60)).toMatchObject([{ id: 3, t: 20, ageS: 40 }])
  expect(silentEnds([back], 'pm25', 0, 100)).toEqual([])
})
