import type { Reading } from '../readings/reading.ts'
import type { HostReading } from './host-metrics.ts'

/**
 * About 100 ms of the embedded engine's time, views and all: few enough rows to delay nobody for long, and enough that
 * what is computed anew at each commit is so only five times a second for the largest network.
 */
export const ROWS_PER_INSERT = 2_000

/** Numbers go into the text as they are: all are computed here, and older versions have few ways for parameters. */
const number = (value: number | null): string => (value === null ? 'NULL' : String(value))

/** As few statements as possible; each is stored as a whole. */
export function insertReadings(readings: readonly Reading[]): string[] {
  const statements: string[] = []
  for (let at = 0; at < readings.length; at += ROWS_PER_INSERT) {
    const rows = readings.slice(at, at + ROWS_PER_INSERT).map(readingRow)
    statements.push(
      `INSERT INTO sensors (id, pm25, pm10, geo_lat, geo_lon, "timestamp") VALUES ${rows.join(', ')}`,
    )
  }
  return statements
}

const readingRow = ({ id, pm25, pm10, latitude, longitude, timestamp }: Reading): string =>
  `(${[id, pm25, pm10, latitude, longitude, timestamp].map(number).join(', ')})`

export function insertHostReading(reading: HostReading): string {
  const { host, timestamp, load1m, cpuPercent, memoryPercent } = reading
  const { networkReceivedBytesPerSecond, networkSentBytesPerSecond } = reading
  const numbers = [
    timestamp,
    load1m,
    cpuPercent,
    memoryPercent,
    networkReceivedBytesPerSecond,
    networkSentBytesPerSecond,
  ]
  // Host names have no quotes, but nothing outside checks that.
  const name = host.replace(/[^\w.-]/g, '_')
  return (
    'INSERT INTO host_metrics (host, "timestamp", load_1m, cpu_percent, memory_percent, ' +
    'network_received_bytes_per_second, network_sent_bytes_per_second) ' +
    `VALUES ('${name}', ${numbers.map(number).join(', ')})`
  )
}

/** Each simulated sensor's last reading that is not later than `seconds` (Unix). */
export const newestReadings = (sensors: number, seconds: number): string =>
  `SELECT id, max("timestamp") AS newest FROM sensors WHERE id >= 1 AND id <= ${sensors} AND "timestamp" <= ${number(seconds)} GROUP BY id`

/** How many readings of simulated sensors are stamped with just this time (Unix seconds). */
export const countReadingsAt = (sensors: number, seconds: number): string =>
  `SELECT count(*) AS n FROM sensors WHERE "timestamp" = ${number(seconds)} AND id >= 1 AND id <= ${sensors}`

/** Tables of the demo whose rows grow old. */
export type AgingTable = 'sensors' | 'host_metrics'

/** How many rows there are, and the time of the oldest (Unix seconds). */
export const measureTable = (table: AgingTable): string =>
  `SELECT count(*) AS n, min("timestamp") AS oldest FROM ${table}`

export const deleteOlderThan = (table: AgingTable, seconds: number): string =>
  `DELETE FROM ${table} WHERE "timestamp" < ${number(seconds)}`
