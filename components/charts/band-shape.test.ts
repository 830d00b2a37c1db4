import { expect, test } from 'vitest'
import { BandSeries } from '../../lib/readings/band.ts'
import { toArea } from './band-shape.tsx'
import { createFrame } from './create-frame.ts'

const SIZE = { metric: 'pm25', windowS: 60, width: 446, height: 236 } as const

function frameOf(...seconds: number[]) {
  const band = new BandSeries()
  for (const timestamp of seconds) {
    const spread = { min: 2, mean: 5, max: 8 }
    band.set({ timestamp, readings: 30, pm25: spread, pm10: spread })
  }
  return createFrame({ lines: [], band }, 1_060, SIZE)
}

test('the band runs along its highest values and back along its lowest', () => {
  const frame = frameOf(1_010, 1_011, 1_012)
  const corners = toArea(frame, frame.band)
    .split(/[MLZ]/)
    .filter((part) => part !== '')
    .map((part) => part.split(',').map(Number))
  const xs = corners.map(([x]) => x)
  const ys = corners.map(([, y]) => y ?? Number.NaN)
  expect(corners).toHaveLength(6)
  expect(xs.slice(3)).toEqual(xs.slice(0, 3).reverse())
  // Up is less in a picture.
  expect(Math.max(...ys.slice(0, 3))).toBeLessThan(Math.min(...ys.slice(3)))
})

test('a gap makes two shapes of it', () => {
  const frame = frameOf(1_010, 1_011, 1_012, 1_030, 1_031)
  expect(toArea(frame, frame.band).match(/Z/g)).toHaveLength(2)
})
