import { z } from 'zod'

/** Readings in one request, at most. */
export const MAX_READINGS = 10_000
const MAX_INT4 = 2 ** 31 - 1
/** The last second of the year 9999: what is later is most often a time in milliseconds. */
const MAX_SECONDS = 253_402_300_799
/** Above any air; sums of so much still fit into a number. */
const MAX_CONCENTRATION = 100_000

const number = (min: number, max: number, more = '') => {
  const message = `must be a number from ${min} to ${max}${more}`
  return z.number(message).min(min, message).max(max, message)
}
const orNull = (min: number, max: number) => number(min, max, ', or null').nullable()
const id = `must be a whole number from ${-MAX_INT4 - 1} to ${MAX_INT4}`

/** One reading of one sensor, as the table `sensors` has it. */
export const readingSchema = z.strictObject(
  {
    id: z
      .int(id)
      .min(-MAX_INT4 - 1, id)
      .max(MAX_INT4, id)
      .meta({ description: 'Which sensor.' }),
    pm25: orNull(0, MAX_CONCENTRATION).meta({ description: 'PM2.5 in µg/m³.' }),
    pm10: orNull(0, MAX_CONCENTRATION).meta({ description: 'PM10 in µg/m³.' }),
    geo_lat: orNull(-90, 90).meta({ description: 'Degrees north.' }),
    geo_lon: orNull(-180, 180).meta({ description: 'Degrees east.' }),
    timestamp: number(0, MAX_SECONDS).meta({ description: 'When it was taken, in seconds since 1970.' }),
  },
  'must be an object with id, pm25, pm10, geo_lat, geo_lon and timestamp',
)

export type ReadingBody = z.infer<typeof readingSchema>

/** What `POST /api/sensors` takes. */
export const readingsSchema = z.union([readingSchema, z.array(readingSchema).min(1).max(MAX_READINGS)])

export const storedSchema = z.object({ stored: z.int().min(1).max(MAX_READINGS) })

/** What `POST /api/sensors` answers. */
export type Stored = z.infer<typeof storedSchema>
