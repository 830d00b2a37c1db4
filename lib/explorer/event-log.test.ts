import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { EventLog, MAX_EVENTS } from './event-log.ts'

let log: EventLog
let told: number
beforeEach(() => {
  vi.useFakeTimers()
  told = 0
  log = new EventLog(250)
})
afterEach(() => vi.useRealTimers())

const record = (count: number) => {
  for (let n = 0; n < count; n += 1)
    log.record({ kind: 'update', id: `e:${n}`, receivedAtMs: n, bytes: 2, text: '{}' })
}
const watch = () =>
  log.subscribe(() => {
    told += 1
  })

describe('the log of events', () => {
  test('holds the last ones, the newest first, and knows how many there were', () => {
    watch()
    record(MAX_EVENTS + 7)
    vi.advanceTimersByTime(250)
    const { events, total } = log.getState()
    expect(events).toHaveLength(MAX_EVENTS)
    expect(events[0]?.number).toBe(MAX_EVENTS + 7)
    expect(total).toBe(MAX_EVENTS + 7)
  })

  test('tells a few times a second at most', () => {
    watch()
    vi.advanceTimersByTime(1)
    told = 0
    for (let n = 0; n < 100; n += 1) {
      record(1)
      vi.advanceTimersByTime(10)
    }
    expect(told).toBeLessThanOrEqual(4)
  })

  test('stands still while paused, goes on counting, and shows all then', () => {
    watch()
    record(1)
    vi.advanceTimersByTime(250)
    log.setPaused(true)
    record(5)
    vi.advanceTimersByTime(250)
    expect(log.getState()).toMatchObject({ events: [{ number: 1 }], total: 6 })
    log.setPaused(false)
    expect(log.getState().events).toHaveLength(6)
  })

  test('runs no timer when nobody looks, and shows what came meanwhile to who looks then', () => {
    const leave = watch()
    leave()
    record(3)
    expect(vi.getTimerCount()).toBe(0)
    watch()
    vi.advanceTimersByTime(0)
    expect(log.getState().events).toHaveLength(3)
  })
})
