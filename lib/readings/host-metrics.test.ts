import { expect, test } from 'vitest'
import { HostProjection } from './host-metrics.ts'

const row = (host: string, timestamp: number, cpu: number | null) => ({
  host,
  timestamp,
  load_1m: 0.5,
  cpu_percent: cpu,
  memory_percent: 40,
  network_received_bytes_per_second: 10,
  network_sent_bytes_per_second: 20,
})

test('shows the samples of the machine that was heard of last', () => {
  const projection = new HostProjection()
  projection.apply({
    reset: true,
    updates: [
      { diff: 1, row: row('old', 1, 1) },
      { diff: 1, row: row('new', 2, null) },
    ],
  })
  const view = projection.show()
  expect(view.samples).toEqual([
    { host: 'new', timestamp: 2, load: 0.5, cpu: null, memory: 40, received: 10, sent: 20 },
  ])
  expect(projection.show()).toBe(view)
})

test('lets retracted samples go', () => {
  const projection = new HostProjection()
  projection.apply({
    reset: true,
    updates: [
      { diff: 1, row: row('a', 1, 5) },
      { diff: 1, row: row('a', 2, 6) },
    ],
  })
  projection.apply({ reset: false, updates: [{ diff: -1, row: row('a', 1, 5) }] })
  expect(projection.show().samples.map(({ timestamp }) => timestamp)).toEqual([2])
})
