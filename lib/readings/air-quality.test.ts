import { describe, expect, test } from 'vitest'
import { categoryOf } from './air-quality.ts'

describe('the category of a concentration', () => {
  test.each([
    [0, 'good'],
    [9.09, 'good'],
    [9.1, 'moderate'],
    [35.49, 'moderate'],
    [35.5, 'sensitive'],
    [55.5, 'unhealthy'],
    [125.5, 'very-unhealthy'],
    [225.5, 'hazardous'],
    [900, 'hazardous'],
  ] as const)('of %d µg/m³ of PM2.5 is %s', (concentration, category) => {
    expect(categoryOf('pm25', concentration)).toBe(category)
  })

  test.each([
    [54.9, 'good'],
    [55, 'moderate'],
    [155, 'sensitive'],
    [255, 'unhealthy'],
    [355, 'very-unhealthy'],
    [425, 'hazardous'],
  ] as const)('of %d µg/m³ of PM10 is %s', (concentration, category) => {
    expect(categoryOf('pm10', concentration)).toBe(category)
  })

  test('of a faulty negative reading is the lowest', () => {
    expect(categoryOf('pm25', -3)).toBe('good')
  })
})
