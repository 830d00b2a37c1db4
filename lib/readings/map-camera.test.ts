import { geoMercator } from 'd3-geo'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boundsOf } from './geo.ts'
import {
  type Camera,
  fitCamera,
  metresPerPixel,
  pan,
  placeAt,
  toSpot,
  worldCamera,
  zoom,
} from './map-camera.ts'

const size = { width: 800, height: 500 }
const stuttgart: Camera = { latitude: 48.78, longitude: 9.18, scale: 400_000 }
const place = fc.record({
  latitude: fc.double({ min: -80, max: 80, noNaN: true }),
  longitude: fc.double({ min: -179, max: 179, noNaN: true }),
})

describe('a camera', () => {
  test('puts places where d3-geo puts them', () => {
    const projection = geoMercator()
      .rotate([-stuttgart.longitude, 0])
      .center([0, stuttgart.latitude])
      .scale(stuttgart.scale)
      .translate([size.width / 2, size.height / 2])
    const [x, y] = projection([9.21, 48.8]) ?? []
    const spot = toSpot(stuttgart, size, { longitude: 9.21, latitude: 48.8 })
    expect(spot.x).toBeCloseTo(x ?? 0, 3)
    expect(spot.y).toBeCloseTo(y ?? 0, 3)
  })

  test('knows which place is at a spot', () => {
    const spot = { x: 123, y: 456 }
    const back = toSpot(stuttgart, size, placeAt(stuttgart, size, spot))
    expect(back.x).toBeCloseTo(spot.x, 5)
    expect(back.y).toBeCloseTo(spot.y, 5)
  })

  test('fits all places, wherever they are, inside the margin', () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 30 }), (places) => {
        const bounds = boundsOf(places)
        if (!bounds) throw new Error('There is no box')
        const camera = fitCamera(bounds, size, 40)
        // The world is shown once: what is spread over all of it may touch the edge.
        const spread = camera.scale <= worldCamera(size).scale
        for (const one of places) {
          const { x, y } = toSpot(camera, size, one)
          if (!spread) {
            expect(x).toBeGreaterThan(39)
            expect(x).toBeLessThan(761)
            expect(y).toBeGreaterThan(39)
            expect(y).toBeLessThan(461)
          }
          expect(Number.isFinite(x + y)).toBe(true)
        }
      }),
    )
  })

  test('shows the surroundings of a single place', () => {
    const camera = fitCamera({ west: 9, east: 9, south: 48, north: 48 }, size, 40)
    expect(size.height * metresPerPixel(camera)).toBeGreaterThan(3_000)
  })

  test('keeps the place under the pointer while it zooms', () => {
    const spot = { x: 600, y: 100 }
    const before = placeAt(stuttgart, size, spot)
    const after = placeAt(zoom(stuttgart, size, 2, spot), size, spot)
    expect(after.latitude).toBeCloseTo(before.latitude, 6)
    expect(after.longitude).toBeCloseTo(before.longitude, 6)
  })

  test('moves what it shows with the hand', () => {
    const spot = toSpot(pan(stuttgart, size, 50, -20), size, stuttgart)
    expect(spot.x).toBeCloseTo(450, 3)
    expect(spot.y).toBeCloseTo(230, 3)
  })

  test('never shows less than a street corner or more than the world', () => {
    expect(metresPerPixel(zoom(stuttgart, size, 1e9))).toBeGreaterThan(0.1)
    expect(zoom(stuttgart, size, 1e-9).scale).toBe(worldCamera(size).scale)
  })
})
