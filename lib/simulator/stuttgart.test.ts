import { describe, expect, it } from 'vitest'
import { localTime } from './stuttgart.ts'

const CLOCK = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Berlin',
  hour: 'numeric',
  minute: 'numeric',
  weekday: 'short',
})

describe('localTime', () => {
  it("agrees with the time zone's rules, also around the changes of the clock", () => {
    const start = Date.UTC(2026, 0, 1)
    for (let hours = 0; hours < 2 * 8766; hours += 1) {
      const time = start + hours * 3_600_000
      const parts = Object.fromEntries(CLOCK.formatToParts(time).map(({ type, value }) => [type, value]))
      expect(Math.floor(localTime(time).hour), new Date(time).toISOString()).toBe(Number(parts.hour) % 24)
      expect(localTime(time).workday).toBe(!['Sat', 'Sun'].includes(parts.weekday ?? ''))
    }
  })
})
