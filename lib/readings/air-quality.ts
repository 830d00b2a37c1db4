export type Metric = 'pm25' | 'pm10'

/** The six categories of the US Air Quality Index, from the best to the worst. */
export type Category = 'good' | 'moderate' | 'sensitive' | 'unhealthy' | 'very-unhealthy' | 'hazardous'

export const CATEGORY_NAMES: Readonly<Record<Category, string>> = {
  good: 'Good',
  moderate: 'Moderate',
  sensitive: 'Unhealthy for sensitive groups',
  unhealthy: 'Unhealthy',
  'very-unhealthy': 'Very unhealthy',
  hazardous: 'Hazardous',
}

export interface Breakpoint {
  readonly category: Category
  /** The lowest concentration of the category in µg/m³. */
  readonly from: number
}

/**
 * Where each category begins, in µg/m³, by the breakpoints of the US EPA in force since 6 May 2024: "Final Updates
 * to the Air Quality Index (AQI) for Particulate Matter", 40 CFR Part 58, Appendix G, Table 2 (89 FR 16202).
 * They are made for means over 24 hours; here they are held against single readings, as a colour scale and not as
 * an index.
 */
export const BREAKPOINTS: Readonly<Record<Metric, readonly Breakpoint[]>> = {
  pm25: [
    { category: 'good', from: 0 },
    { category: 'moderate', from: 9.1 },
    { category: 'sensitive', from: 35.5 },
    { category: 'unhealthy', from: 55.5 },
    { category: 'very-unhealthy', from: 125.5 },
    { category: 'hazardous', from: 225.5 },
  ],
  pm10: [
    { category: 'good', from: 0 },
    { category: 'moderate', from: 55 },
    { category: 'sensitive', from: 155 },
    { category: 'unhealthy', from: 255 },
    { category: 'very-unhealthy', from: 355 },
    { category: 'hazardous', from: 425 },
  ],
}

/**
 * What the air should not exceed on average over 24 hours, on all but three or four days of a year, in µg/m³: "WHO
 * global air quality guidelines", World Health Organization 2021, ISBN 978-92-4-003422-8, Table 0.1. It is a mean,
 * too: a single reading above it breaks no guideline.
 */
export const WHO_GUIDELINE: Readonly<Record<Metric, number>> = { pm25: 15, pm10: 45 }

/** The agency cuts concentrations, it does not round them: PM2.5 to tenths, PM10 to whole numbers. */
const STEPS: Readonly<Record<Metric, number>> = { pm25: 10, pm10: 1 }

export function categoryOf(metric: Metric, concentration: number): Category {
  // A hair is added because 9.1 * 10 is 90.99999999999999.
  const cut = Math.floor(concentration * STEPS[metric] + 1e-6) / STEPS[metric]
  return BREAKPOINTS[metric].findLast(({ from }) => cut >= from)?.category ?? 'good'
}
