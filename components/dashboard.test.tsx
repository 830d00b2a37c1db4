// @vitest-environment happy-dom
import { NuqsTestingAdapter } from 'nuqs/adapters/testing'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { FakeEventSource } from '../lib/client/fake-event-source.ts'
import type { StreamEvent } from '../lib/protocol/events.ts'
import type { Row } from '../lib/protocol/row.ts'
import { noteChart } from './charts/first-chart.ts'
import { ThisMachine } from './host/this-machine.tsx'
import { ConnectionBadge } from './live/connection-badge.tsx'
import { Headline } from './live/headline.tsx'
import { HighlightProvider } from './live/highlight.tsx'
import { LiveProvider } from './live/live-provider.tsx'
import { LatestReadings } from './sensors/latest-readings.tsx'
import { Tiles } from './sensors/tiles.tsx'
// It is loaded late, which the clock of these tests would not wait for.
import './sensors/sensor-table.tsx'

let root: Root
let page: HTMLElement
let hasHostMetrics = false

beforeEach(async () => {
  vi.useFakeTimers({ now: 1_000_000 })
  hasHostMetrics = false
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.stubGlobal('EventSource', FakeEventSource)
  vi.stubGlobal('fetch', (url: string) =>
    Promise.resolve(
      url === '/api/relations/host_metrics' && hasHostMetrics
        ? Response.json({ rows: 1 })
        : Response.json({ detail: 'There is no relation sensors_view.' }, { status: 404 }),
    ),
  )
  FakeEventSource.opened = []
  // What waits for the first chart must not wait for one that is not here.
  noteChart()
  page = document.body.appendChild(document.createElement('div'))
  root = createRoot(page)
  await act(() =>
    root.render(
      <NuqsTestingAdapter>
        <LiveProvider>
          <ConnectionBadge />
          <Headline />
          <Tiles />
          <HighlightProvider>
            <LatestReadings />
          </HighlightProvider>
          <ThisMachine />
        </LiveProvider>
      </NuqsTestingAdapter>,
    ),
  )
  // Where there is no worker, what reads streams is loaded when it is needed.
  await act(() => vi.dynamicImportSettled())
})

afterEach(async () => {
  await act(() => root.unmount())
  page.remove()
  await vi.advanceTimersByTimeAsync(2_000)
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))
const streamOf = (relation: string) => FakeEventSource.opened.find((source) => source.relation === relation)
const textOf = (selector: string) => page.querySelector(selector)?.textContent

function group(name: string): string | null | undefined {
  return [...page.querySelectorAll('[role=group]')].find(
    (element) => document.getElementById(element.getAttribute('aria-labelledby') ?? '')?.textContent === name,
  )?.textContent
}

const reading = (id: number, pm25: number, ageS = 1) => ({
  id,
  pm25,
  pm10: pm25 + 10,
  geo_lat: 1,
  geo_lon: 2,
  timestamp: Date.now() / 1000 - ageS,
})

const snapshot = (rows: Row[], relation = 'sensors_view'): StreamEvent => ({
  kind: 'snapshot',
  id: `e:${Date.now()}`,
  data: { relation, columns: [], timestamp: String(Date.now()), part: 1, parts: 1, rows },
})

async function send(event: StreamEvent): Promise<void> {
  const { newest } = FakeEventSource
  await act(() => streamOf('sensors_view')?.send(event) ?? newest.send(event))
  await pass(500)
}

describe('the dashboard', () => {
  test('opens one stream of readings and says that it is connecting', () => {
    expect(FakeEventSource.opened.map(({ relation }) => relation)).toEqual(['sensors_view'])
    expect(textOf('[role=status]')).toBe('Connecting')
  })

  test('shows each sensor with its last reading, and the figures of all', async () => {
    await send(snapshot([reading(1, 12), reading(9001, 88), reading(3, 5, 60)]))
    expect(textOf('[role=status]')).toBe('Live')
    expect(textOf('tr[data-sensor="9001"]')).toContain('88.0')
    expect(textOf('tr[data-sensor="3"]')).toContain('silent 1 min')
    expect(group('Sensors online')).toContain('2of 3')
    expect(group('PM2.5 highest')).toContain('Unhealthy · Sensor 9001')
    expect(group('PM2.5 mean')).toContain('50.0µg/m³Unhealthy for sensitive groups')
    expect(textOf('h1 + p')).toContain('2 sensors report, 1 is silent')
  })

  test('shows a reading that comes while it is open', async () => {
    await send(snapshot([]))
    expect(page.querySelector('tr[data-sensor]')).toBeNull()
    const row = reading(7, 40)
    await send({
      kind: 'update',
      id: 'e:2',
      data: { timestamp: String(Date.now()), updates: [{ diff: 1, row }] },
    })
    // Rows change places once a second, and another one is a change of place.
    await pass(1_000)
    expect(textOf('tr[data-sensor="7"]')).toContain('Unhealthy for sensitive groups')
    expect(group('Median delay to screen')).toMatch(/1\.\d\d/)
  })

  test('keeps old rows when the stream breaks, and says how old they are', async () => {
    await send(snapshot([reading(1, 12)]))
    await act(() => streamOf('sensors_view')?.cut())
    await pass(30_000)
    expect(textOf('[role=status]')).toContain('Reconnecting')
    expect(textOf('h1')).toContain('30 seconds old')
    expect(textOf('tr[data-sensor="1"]')).toContain('31 s')
    expect(group('Sensors online')).toContain('1of 1')
    expect(page.querySelector('[data-out-of-date="true"]')).not.toBeNull()
  })

  test('names a relation that is not there', async () => {
    await act(() => FakeEventSource.newest.refuse())
    await pass(2_000)
    expect(textOf('[role=status]')).toContain('Relation missing')
    expect(textOf('h1 + p')).toContain('There is no relation sensors_view.')
  })
})

describe('the figures of the machine', () => {
  test('are quietly off where there are none', async () => {
    await send(snapshot([]))
    expect(page.textContent).toContain('Host metrics are off.')
    expect(streamOf('host_metrics')).toBeUndefined()
  })

  test('are streamed where there are some', async () => {
    hasHostMetrics = true
    await send(snapshot([]))
    const host = streamOf('host_metrics')
    const row = {
      host: 'workbench',
      timestamp: Date.now() / 1000,
      load_1m: 0.5,
      cpu_percent: 12.3,
      memory_percent: 40,
      network_received_bytes_per_second: 1_500,
      network_sent_bytes_per_second: null,
    }
    await act(() => host?.send(snapshot([row], 'host_metrics')))
    await pass(500)
    await act(() => vi.dynamicImportSettled())
    expect(page.textContent).toContain('workbench')
    expect(page.textContent).toContain('12.3 %')
    expect(page.textContent).toContain('1.5 kB/s')
  })
})
