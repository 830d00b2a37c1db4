import { describe, expect, it } from 'vitest'
import { deleteOlderThan, insertHostReading, insertReadings } from './statements.ts'

const reading = { id: 7, pm25: 12.5, pm10: null, latitude: 48.7, longitude: 9.2, timestamp: 1795500000.25 }

describe('insertReadings', () => {
  it('puts numbers and nulls into the text', () => {
    expect(insertReadings([reading])).toEqual([
      'INSERT INTO sensors (id, pm25, pm10, geo_lat, geo_lon, "timestamp") VALUES (7, 12.5, NULL, 48.7, 9.2, 1795500000.25)',
    ])
  })

  it('cuts many readings into statements of two thousand', () => {
    const statements = insertReadings(Array.from({ length: 2500 }, () => reading))
    expect(statements.map((statement) => statement.split('), (').length)).toEqual([2000, 500])
    expect(insertReadings([])).toEqual([])
  })
})

describe('insertHostReading', () => {
  it('lets no host name leave its quotes', () => {
    const statement = insertHostReading({
      host: "o'hara; --\\",
      timestamp: 1795500000.5,
      load1m: 0.5,
      cpuPercent: null,
      memoryPercent: 40,
      networkReceivedBytesPerSecond: 0,
      networkSentBytesPerSecond: null,
    })
    expect(statement).toContain("VALUES ('o_hara__--_', 1795500000.5, 0.5, NULL, 40, 0, NULL)")
  })
})

describe('deleteOlderThan', () => {
  it('goes by the time of the reading', () => {
    expect(deleteOlderThan('sensors', 1795500000.5)).toBe(
      'DELETE FROM sensors WHERE "timestamp" < 1795500000.5',
    )
  })
})
