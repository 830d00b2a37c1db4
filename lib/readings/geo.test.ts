import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boundsOf, distanceM, type Place, toPlace } from './geo.ts'

const at = (latitude: number, longitude: number): Place => ({ latitude, longitude })
const place = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
})

describe('a place', () => {
  test.each([
    [null, 9],
    [48, null],
    [Number.NaN, 9],
    [48, Number.POSITIVE_INFINITY],
    [91, 9],
    [48, -181],
    [0, 0],
  ])('is none at %s, %s', (latitude, longitude) => {
    expect(toPlace({ latitude, longitude })).toBeUndefined()
  })

  test.each([
    [0, 9],
    [48, 0],
    [-90, 180],
  ])('is one at %d, %d', (latitude, longitude) => {
    expect(toPlace({ latitude, longitude })).toEqual({ latitude, longitude })
  })
})

describe('a distance', () => {
  test('is that of the map: Stuttgart to Berlin is 512 km', () => {
    expect(distanceM(at(48.7758, 9.1829), at(52.52, 13.405)) / 1000).toBeCloseTo(511.6, 0)
  })

  test('is the short way over the date line', () => {
    expect(distanceM(at(0, 179.5), at(0, -179.5)) / 1000).toBeCloseTo(111.2, 1)
  })

  test('is the same both ways and never more than half around the Earth', () => {
    fc.assert(
      fc.property(place, place, (a, b) => {
        expect(distanceM(a, b)).toBeCloseTo(distanceM(b, a), 3)
        expect(distanceM(a, b)).toBeLessThanOrEqual(20_015_200)
      }),
    )
  })
})

describe('the box around places', () => {
  test('is undefined without a place', () => {
    expect(boundsOf([])).toBeUndefined()
  })

  test('crosses the date line where that is shorter', () => {
    expect(boundsOf([at(-17, 178), at(-19, -179)])).toEqual({ west: 178, east: 181, south: -19, north: -17 })
  })

  test('holds every place', () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 20 }), (places) => {
        const box = boundsOf(places)
        if (!box) throw new Error('There is no box')
        for (const { latitude, longitude } of places) {
          expect(latitude).toBeGreaterThanOrEqual(box.south)
          expect(latitude).toBeLessThanOrEqual(box.north)
          const turned = longitude < box.west ? longitude + 360 : longitude
          expect(turned).toBeLessThanOrEqual(box.east)
        }
      }),
    )
  })
})
