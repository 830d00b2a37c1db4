import { readsMiles } from '../../lib/readings/map-scale.ts'

const METRES_PER_MILE = 1_609.344

/** A distance as the reader's country measures it: `420 m`, `1.3 km`, `0.8 mi`. */
export function formatDistance(metres: number, locale = navigator.language || 'en'): string {
  const format = (value: number, digits: number) =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
      value,
    )
  if (readsMiles(locale)) {
    const miles = metres / METRES_PER_MILE
    return `${format(miles, miles < 100 ? 1 : 0)} mi`
  }
  if (metres < 1_000) return `${format(Math.round(metres / 10) * 10, 0)} m`
  return `${format(metres / 1_000, metres < 100_000 ? 1 : 0)} km`
}
