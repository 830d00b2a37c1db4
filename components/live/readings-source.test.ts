// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { FakeEventSource } from '../../lib/client/fake-event-source.ts'
import type { Refusal } from '../../lib/client/refusal.ts'
import { StreamClient } from '../../lib/client/stream-client.ts'
import { OwnSlots } from '../../lib/client/stream-slots.ts'
import type { StreamEvent, Update } from '../../lib/protocol/events.ts'
import type { Row } from '../../lib/protocol/row.ts'
import type { Reading } from '../../lib/readings/reading.ts'
import { ReadingsSource } from './readings-source.ts'

/** The fourth stream of a browser is for the figures of the machine. */
const ROOM = 3

let source: ReadingsSource
let refusal: Refusal | undefined
let sensors: number | 'absent' | undefined
let quiet: Reading[]
let leave: () => void

beforeEach(async () => {
  vi.useFakeTimers({ now: 1_000_000 })
  FakeEventSource.opened = []
  refusal = undefined
  sensors = undefined
  quiet = []
})

afterEach(async () => {
  leave()
  await pass(2_000)
  vi.useRealTimers()
})

async function start(count: typeof sensors): Promise<void> {
  const slots = new OwnSlots(ROOM)
  source = new ReadingsSource({
    countSensors: () => Promise.resolve(count),
    readQuiet: () => Promise.resolve(quiet),
    openStream: (reader) =>
      new StreamClient({
        ...reader,
        openEventSource: FakeEventSource.open,
        explainRefusal: () => Promise.resolve(refusal),
        slots,
        random: () => 0.5,
      }),
  })
  leave = source.subscribe(() => {})
  await pass(0)
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const open = () => FakeEventSource.opened.filter(({ closed }) => !closed)
const streams = () =>
  open().map(({ url }) => decodeURIComponent(url.replace(/^.*relation=|&lastEventId=.*/g, '')))
const streamOf = (relation: string, filtered = false) =>
  open().findLast((one) => one.relation === relation && one.url.includes('&id=') === filtered)
const linesOf = () => source.getState().view.lines.map(({ id }) => id)

const nowS = () => Date.now() / 1000
const reading = (id: number, timestamp = nowS()): Row => ({ id, pm25: 10, pm10: 20, timestamp })
const second = (timestamp: number): Row => ({
  second: timestamp,
  readings: 60,
  pm25_min: 1,
  pm25_mean: 2,
  pm25_max: 3,
  pm10_min: 1,
  pm10_mean: 2,
  pm10_max: 3,
})
const sensorRows = (count: number) => Array.from({ length: count }, (_, index) => reading(index + 1))

async function send(source: FakeEventSource | undefined, rows: Row[], epoch = 'e'): Promise<void> {
  const event: StreamEvent = {
    kind: 'snapshot',
    id: `${epoch}:${Date.now()}`,
    data: {
      relation: source?.relation ?? '',
      columns: [],
      timestamp: String(Date.now()),
      part: 1,
      parts: 1,
      rows,
    },
  }
  source?.send(event)
  await pass(500)
}

async function update(source: FakeEventSource | undefined, updates: Update[]): Promise<void> {
  source?.send({ kind: 'update', id: `e:${Date.now()}`, data: { timestamp: String(Date.now()), updates } })
  await pass(500)
}

async function startMany(): Promise<void> {
  await start(60)
  await send(streamOf('sensors_latest'), sensorRows(60))
  await send(streamOf('air_quality_1s'), [second(990), second(991)])
}

describe('few sensors', () => {
  test('are streamed whole, and everything follows from that', async () => {
    await start(50)
    expect(streams()).toEqual(['sensors_view'])
    await send(streamOf('sensors_view'), sensorRows(50))
    const { ready, view } = source.getState()
    expect(ready).toBe(true)
    expect(view.lines).toHaveLength(50)
    expect(view.sensors).toHaveLength(50)
    expect(view.band?.items).toMatchObject([{ readings: 50 }])
  })

  test('are also those that have said nothing for longer than the window', async () => {
    quiet = [{ id: 70, pm25: 10, pm10: 20, latitude: null, longitude: null, timestamp: nowS() - 3_600 }]
    await start(3)
    await send(streamOf('sensors_view'), sensorRows(2))
    const { view, size } = source.getState()
    expect(size).toBe(2)
    expect(view.lines).toHaveLength(2)
    expect(view.sensors.map(({ id }) => id)).toEqual([1, 2, 70])
  })

  test('are streamed whole at any number where the database has nothing else', async () => {
    await start('absent')
    expect(streams()).toEqual(['sensors_view'])
    await send(streamOf('sensors_view'), sensorRows(80))
    await pass(60_000)
    expect(streams()).toEqual(['sensors_view'])
  })
})

describe('many sensors', () => {
  test('are streamed by their last readings and the seconds of all', async () => {
    await start(60)
    expect(streams()).toEqual(['sensors_latest', 'air_quality_1s'])
    expect(source.getState().ready).toBe(false)
    await send(streamOf('sensors_latest'), sensorRows(60))
    await send(streamOf('air_quality_1s'), [second(990), second(991)])
    const { ready, size, view } = source.getState()
    expect([ready, size]).toEqual([true, 60])
    expect(view.sensors).toHaveLength(60)
    expect(view.lines).toEqual([])
    expect(view.band?.items).toHaveLength(2)
    expect(view.perSecondAt(992)).toBe(12)
  })

  test('have lines of those that are selected, which stay until another selection is there', async () => {
    await startMany()
    source.select(new Set([7, 3]))
    await pass(0)
    expect(streams()).toEqual(['sensors_latest', 'air_quality_1s', 'sensors_view&id=in.(3,7)'])
    await send(streamOf('sensors_view', true), [reading(3), reading(7)])
    expect(linesOf()).toEqual([3, 7])

    source.select(new Set([7, 9]))
    await pass(500)
    expect(streams()).toEqual(['sensors_latest', 'air_quality_1s', 'sensors_view&id=in.(7,9)'])
    expect(linesOf()).toEqual([7])
    await send(streamOf('sensors_view', true), [reading(7), reading(9)])
    expect(linesOf()).toEqual([7, 9])

    source.select(new Set())
    await pass(500)
    expect(streams()).toEqual(['sensors_latest', 'air_quality_1s'])
    expect(linesOf()).toEqual([])
  })

  test.each(['missing', 'forbidden'] as const)(
    'are streamed whole where one of the relations is %s',
    async (trouble) => {
      await start(60)
      refusal = { trouble }
      streamOf('air_quality_1s')?.refuse()
      await pass(0)
      await pass(2_000)
      expect(streams()).toEqual(['sensors_view'])
      await send(streamOf('sensors_view'), sensorRows(60))
      expect(linesOf()).toHaveLength(60)
      expect(streams()).toEqual(['sensors_view'])
    },
  )

  test('are not streamed whole because the server has no room just now', async () => {
    await start(60)
    refusal = { trouble: 'refused', detail: 'As many streams are open as this server may have.' }
    streamOf('air_quality_1s')?.refuse()
    await pass(0)
    await pass(2_000)
    expect(streams()).not.toContain('sensors_view')
  })
})

test('a server that cannot count them is asked for the last readings, which tell', async () => {
  await start(undefined)
  expect(streams()).toEqual(['sensors_latest', 'air_quality_1s'])
  await send(streamOf('sensors_latest'), sensorRows(3))
  await pass(1_500)
  expect(streams()).toEqual(['sensors_view'])
  await send(streamOf('sensors_view'), sensorRows(3))
  expect(linesOf()).toEqual([1, 2, 3])
})

describe('when the number of sensors changes', () => {
  test('upwards, all that was drawn stays until the others have come', async () => {
    await start(2)
    await send(streamOf('sensors_view'), sensorRows(2))
    const more = sensorRows(60).slice(2)
    await update(
      streamOf('sensors_view'),
      more.map((row) => ({ diff: 1, row })),
    )
    expect(streams()).toEqual(['sensors_view', 'sensors_latest', 'air_quality_1s'])
    expect(linesOf()).toHaveLength(60)
    await send(streamOf('sensors_latest'), sensorRows(60))
    expect(linesOf()).toHaveLength(60)
    await send(streamOf('air_quality_1s'), [second(990)])
    await pass(1_000)
    expect(source.getState().view.sensors).toHaveLength(60)
    expect(streams()).toEqual(['sensors_latest', 'air_quality_1s'])
  })

  test('downwards, it is waited for half a minute, and the picture stays until the lines have come', async () => {
    await startMany()
    await send(streamOf('sensors_latest'), sensorRows(5))
    await pass(29_000)
    expect(streams()).toEqual(['sensors_latest', 'air_quality_1s'])
    await pass(1_500)
    await send(streamOf('sensors_latest'), sensorRows(5))
    await pass(1_500)
    expect(streams()).toEqual(['sensors_view'])
    expect(source.getState().view.band?.items).toHaveLength(2)
    await send(streamOf('sensors_view'), sensorRows(5))
    expect(linesOf()).toHaveLength(5)
    expect(source.getState().view.band).toBeUndefined()
  })

  test('and the new stream does not come, the page says so and shows what it had', async () => {
    await startMany()
    await send(streamOf('sensors_latest'), sensorRows(5))
    await pass(31_000)
    await send(streamOf('sensors_latest'), sensorRows(5))
    await pass(1_500)
    streamOf('sensors_view')?.cut()
    await pass(500)
    const { ready, connection, view } = source.getState()
    expect([ready, connection.state, view.sensors.length]).toEqual([true, 'reconnecting', 5])
  })
})

describe('a database that begins anew', () => {
  test('leaves former lines, which stay inside the window', async () => {
    await start(1)
    await send(streamOf('sensors_view'), [reading(1, 990), reading(1, 991)])
    await send(streamOf('sensors_view'), [], 'f')
    const { size, view } = source.getState()
    expect([view.lines.length, view.formerLines.length]).toEqual([0, 1])
    expect(size).toBeGreaterThan(0)
    await pass(595_000)
    streamOf('sensors_view')?.send({
      kind: 'heartbeat',
      id: 'f:1595000',
      data: { timestamp: '1595000', now: Date.now(), lagMs: 0 },
    })
    await pass(500)
    expect(source.getState().view.formerLines).toEqual([])
  })

  test('leaves the former band, also where many sensors have become few', async () => {
    await startMany()
    await send(streamOf('air_quality_1s'), [], 'f')
    expect(source.getState().view.formerBand?.items).toHaveLength(2)
    await send(streamOf('sensors_latest'), [], 'f')
    await pass(31_000)
    await send(streamOf('sensors_latest'), [], 'f')
    await pass(1_500)
    await send(streamOf('sensors_view'), [], 'f')
    const { view } = source.getState()
    expect(view.band).toBeUndefined()
    expect(view.formerBand?.items).toHaveLength(2)
  })
})

test('what is held stays although the stream of it is opened later', async () => {
  await startMany()
  source.hold(400)
  source.select(new Set([1]))
  await pass(0)
  const old = reading(1, 401)
  await send(streamOf('sensors_view', true), [old, reading(1)])
  await pass(5_000)
  await update(streamOf('sensors_view', true), [{ diff: -1, row: old }])
  expect(source.getState().view.lines[0]?.readings).toHaveLength(2)
  source.release()
  await pass(500)
  await update(streamOf('sensors_view', true), [{ diff: 1, row: reading(1) }])
  expect(source.getState().view.lines[0]?.readings).toHaveLength(2)
})

test('without a reader nothing is open, and with the next one all is as it was', async () => {
  await startMany()
  leave()
  await pass(1_500)
  expect(streams()).toEqual([])
  leave = source.subscribe(() => {})
  await pass(0)
  expect(streams()).toEqual(['sensors_latest', 'air_quality_1s'])
  expect(source.getState().view.sensors).toHaveLength(60)
})
