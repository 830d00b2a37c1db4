import { type Place, toPlace } from '../../lib/readings/geo.ts'
import type { SensorNow } from '../../lib/readings/overview.ts'

/** A sensor that has a place. */
export interface MapSensor extends SensorNow {
  readonly place: Place
}

/** Those that can be drawn, ordered as they were; the others are only counted. */
export function withPlace(sensors: readonly SensorNow[]): MapSensor[] {
  return sensors.flatMap((sensor) => {
    const place = toPlace(sensor.last)
    return place ? [{ ...sensor, place }] : []
  })
}
