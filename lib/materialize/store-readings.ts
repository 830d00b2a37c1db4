import type { Pool } from 'pg'

/** A reading as the table `sensors` has it. */
export interface StoredReading {
  readonly id: number
  readonly pm25: number | null
  readonly pm10: number | null
  readonly geo_lat: number | null
  readonly geo_lon: number | null
  readonly timestamp: number
}

/**
 * One statement, so that all readings are stored or none, with one parameter however many they are: a message can carry
 * no more than 32,767, which 10,000 readings would need twice over. Both eras take it.
 */
const INSERT = `INSERT INTO sensors (id, pm25, pm10, geo_lat, geo_lon, "timestamp")
SELECT (reading->>0)::int, (reading->>1)::double precision, (reading->>2)::double precision,
(reading->>3)::double precision, (reading->>4)::double precision, (reading->>5)::double precision
FROM jsonb_array_elements($1::jsonb) AS readings (reading)`

/** Numbers travel as texts: as JSON's own they would pass through a decimal that cannot hold all of them. */
const text = (value: number | null): string | null => (value === null ? null : String(value))

/**
 * Stores readings in the table `sensors`. Rejects with the database's own error where none is stored, and with another
 * where it did not answer, so that nobody knows.
 */
export async function storeReadings(pool: Pool, readings: readonly StoredReading[]): Promise<void> {
  const rows = readings.map(({ id, pm25, pm10, geo_lat, geo_lon, timestamp }) =>
    [id, pm25, pm10, geo_lat, geo_lon, timestamp].map(text),
  )
  await pool.query(INSERT, [JSON.stringify(rows)])
}
