import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { missingReadings, type Network, readingsAt, tickBefore, WINDOW_MS } from './network.ts'

const NOW = Date.UTC(2026, 10, 24, 8, 0, 0, 345)
const network = (sensors: number, intervalMs = 1000): Network => ({ seed: 1, sensors, intervalMs })
const none = new Map<number, number>()

describe('missingReadings', () => {
  it('fills an empty window with just what would have been written', () => {
    const net = network(24)
    const filled = [...missingReadings(net, none, NOW)]
    const ticks = Array.from({ length: 600 }, (_, i) => tickBefore(net, NOW) - (599 - i) * 1000)
    expect(filled).toEqual(ticks.map((tick) => readingsAt(net, tick)))
  })

  it('goes on where each sensor ended', () => {
    const net = network(3)
    const end = tickBefore(net, NOW)
    const newest = new Map([
      [1, end],
      [2, end - 5000],
    ])
    const filled = [...missingReadings(net, newest, NOW)].flat()
    expect(filled.filter(({ id }) => id === 1)).toEqual([])
    expect(filled.filter(({ id }) => id === 2).map(({ timestamp }) => timestamp)).toEqual(
      [4, 3, 2, 1, 0].map((seconds) => end / 1000 - seconds),
    )
    expect(filled.filter(({ id }) => id === 3).length).toBeGreaterThan(300)
  })

  it('writes nothing twice and leaves nothing out, wherever it was interrupted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 6 }), (ticks, sensors) => {
        const net = network(sensors)
        const whole = [...missingReadings(net, none, NOW)]
        const before = whole.slice(0, ticks).flat()
        const newest = new Map(before.map(({ id, timestamp }) => [id, timestamp * 1000]))
        const after = [...missingReadings(net, newest, NOW)].flat()
        expect([...before, ...after]).toEqual(whole.flat())
      }),
      { numRuns: 20 },
    )
  })

  it('is coarse for a large network, with readings at every moment and of every sensor', () => {
    const net = network(2000)
    const filled = [...missingReadings(net, none, NOW)]
    expect(filled.length).toBe(WINDOW_MS / 1000)
    const rows = filled.flat()
    expect(rows.length).toBeLessThanOrEqual(60_000)
    expect(rows.length).toBeGreaterThan(50_000)
    expect(new Set(rows.map(({ id }) => id)).size).toBe(2000)
  })
})
