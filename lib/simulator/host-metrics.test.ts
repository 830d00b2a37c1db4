import { describe, expect, it } from 'vitest'
import { createHostMeter, parseMemAvailable, parseNetDev } from './host-metrics.ts'

describe('parseNetDev', () => {
  it('sums what came in and went out over all interfaces but the loopback', () => {
    expect(
      parseNetDev(`Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 9999999     100    0    0    0     0          0         0  9999999     100    0    0    0     0       0          0
  eth0:    1000      10    0    0    0     0          0         0     2000      20    0    0    0     0       0          0
wlan0:30000 10 0 0 0 0 0 0 40000 20 0 0 0 0 0 0
`),
    ).toEqual({ received: 31_000, sent: 42_000 })
  })
})

describe('parseMemAvailable', () => {
  it('reads KiB', () => {
    expect(parseMemAvailable('MemTotal: 4 kB\nMemAvailable:   1024 kB\n')).toBe(1_048_576)
    expect(parseMemAvailable('MemTotal: 4 kB\n')).toBeUndefined()
  })
})

describe('createHostMeter', () => {
  it('measures this machine, rates from the second time on', async () => {
    const measure = createHostMeter()
    expect((await measure()).cpuPercent).toBeNull()
    // Something to measure: the counters of the processors go in hundredths of a second.
    for (const end = Date.now() + 50; Date.now() < end; );
    const reading = await measure()
    expect(reading.host).not.toBe('')
    expect(reading.timestamp).toBeCloseTo(Date.now() / 1000, 0)
    expect(reading.cpuPercent).toBeGreaterThanOrEqual(0)
    expect(reading.cpuPercent).toBeLessThanOrEqual(100)
    expect(reading.memoryPercent).toBeGreaterThan(0)
    expect(reading.memoryPercent).toBeLessThan(100)
    if (process.platform === 'linux') {
      expect(reading.networkReceivedBytesPerSecond).toBeGreaterThanOrEqual(0)
    }
  })
})
