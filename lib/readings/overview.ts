import { type Category, categoryOf } from './air-quality.ts'
import { readingsPerSecond } from './rate.ts'
import type { Reading } from './reading.ts'
import type { SensorSeries } from './sensor-series.ts'

/** A sensor as it stands at one moment. */
export interface SensorNow {
  readonly id: number
  readonly last: Reading
  readonly ageS: number
  readonly silent: boolean
  /** Undefined where the last reading has no PM2.5. */
  readonly category: Category | undefined
}

export interface Overview {
  /** Ordered by id. */
  readonly sensors: readonly SensorNow[]
  readonly online: number
  readonly silent: number
  readonly perSecond: number
  /** The sensor that is online and has the highest PM2.5. */
  readonly worst: SensorNow | undefined
}

/**
 * All that is said about the sensors in one moment, given in Unix seconds by the server's clock. Who is silent is
 * judged at `asOfS`, the time that the rows are exact at: when the stream breaks, the sensors have not fallen silent.
 */
export function toOverview(series: readonly SensorSeries[], nowS: number, asOfS = nowS): Overview {
  const sensors: SensorNow[] = []
  for (const one of series) {
    const { id, last, silentAfterS } = one
    if (!last) continue
    const ageS = Math.max(0, nowS - last.timestamp)
    const category = last.pm25 === null ? undefined : categoryOf('pm25', last.pm25)
    sensors.push({ id, last, ageS, silent: asOfS - last.timestamp > silentAfterS, category })
  }
  const online = sensors.filter(({ silent }) => !silent)
  let worst: SensorNow | undefined
  for (const sensor of online) {
    if (sensor.last.pm25 !== null && sensor.last.pm25 > (worst?.last.pm25 ?? -Infinity)) worst = sensor
  }
  return {
    sensors,
    online: online.length,
    silent: sensors.length - online.length,
    perSecond: readingsPerSecond(series, asOfS),
    worst,
  }
}
