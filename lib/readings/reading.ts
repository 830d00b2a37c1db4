import type { Row } from '../protocol/row.ts'

/** One measurement of one sensor. Concentrations in µg/m³, place in degrees, time in Unix seconds. */
export interface Reading {
  readonly id: number
  readonly pm25: number | null
  readonly pm10: number | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly timestamp: number
}

const number = (value: unknown): number | null => (typeof value === 'number' ? value : null)

/** A reading from a row of `sensors` or a view over it, or undefined where it has no sensor or no time. */
export function toReading(row: Row): Reading | undefined {
  const { id, timestamp } = row
  if (typeof id !== 'number' || typeof timestamp !== 'number') return undefined
  return {
    id,
    pm25: number(row.pm25),
    pm10: number(row.pm10),
    latitude: number(row.geo_lat),
    longitude: number(row.geo_lon),
    timestamp,
  }
}
