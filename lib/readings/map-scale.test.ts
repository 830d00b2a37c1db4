import { expect, test } from 'vitest'
import { gridLines, gridStep, readsMiles, scaleBar } from './map-scale.ts'

test('lines of a grid stand on round degrees, far enough apart', () => {
  expect(gridStep(0.0005, 80)).toBe(0.05)
  expect(gridStep(10, 80)).toBe(30)
  expect(gridLines(48.69, 48.86, 0.05)).toEqual([48.7, 48.75, 48.8, 48.85])
  expect(gridLines(-0.2, 0.2, 0.1)).toEqual([-0.2, -0.1, 0, 0.1, 0.2])
})

test.each([
  [10, false, 1_000 / 1_000, 'km', 100],
  [30, false, 2, 'km', 66.67],
  [5, false, 500, 'm', 100],
  [10, true, 2_000, 'ft', 60.96],
  [40, true, 2, 'mi', 80.47],
] as const)('a bar for %d metres a pixel (miles: %s) is %d %s long', (metres, miles, value, unit, width) => {
  const bar = scaleBar(metres, 100, miles)
  expect(bar).toMatchObject({ value, unit })
  expect(bar.widthPx).toBeCloseTo(width, 1)
})

test('knows who reads miles', () => {
  expect(['en-US', 'en-GB', 'en', 'de', 'de-AT', 'fr-CA'].map(readsMiles)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ])
})
