import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { TestApi } from './test-api.ts'

// The door of the feeds keeps browsers out; here is none.
vi.mock('server-only', () => ({}))

let api: TestApi
beforeAll(async () => {
  api = await TestApi.start('v0.26')
}, 60_000)
afterAll(() => api.stop())

async function metric(name: string): Promise<number> {
  const text = await (await api.ask('/api/metrics')).text()
  const line = text.split('\n').find((one) => one.startsWith(`${name} `))
  if (!line) throw new Error(`${name} is not among\n${text}`)
  return Number(line.slice(name.length + 1))
}

/** Reads a stream until a word has come; gives its last id. */
async function readUntil(reader: ReadableStreamDefaultReader<Uint8Array>, word: string): Promise<string> {
  let text = ''
  while (!text.includes(word)) text += new TextDecoder().decode((await reader.read()).value)
  return (
    text
      .match(/^id: (.+)$/gm)
      ?.at(-1)
      ?.slice(4) ?? ''
  )
}

async function open(headers: Record<string, string> = {}): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  const { body } = await api.ask('/api/stream?relation=sensors', { headers })
  if (!body) throw new Error('There is no stream')
  return body.getReader()
}

test('streams are counted while they are open, what is sent, and why they end', async () => {
  expect(await metric('tailboard_sse_clients')).toBe(0)
  expect(await metric('tailboard_sse_disconnects_total{reason="slow"}')).toBe(0)
  const reader = await open()
  const id = await readUntil(reader, 'event: snapshot')
  expect(await metric('tailboard_sse_clients')).toBe(1)
  expect(await metric('tailboard_sse_events_sent_total')).toBeGreaterThan(0)
  expect(await metric('tailboard_sse_bytes_sent_total')).toBeGreaterThan(100)
  await api.post({ id: 1, pm25: 1, pm10: 1, geo_lat: 1, geo_lon: 1, timestamp: 1 })
  await readUntil(reader, 'event: update')
  expect(await metric('tailboard_fanout_duration_seconds_count')).toBeGreaterThan(0)
  expect(await metric('tailboard_cursor_lag_seconds')).toBeLessThan(60)
  await reader.cancel()
  expect(await metric('tailboard_sse_clients')).toBe(0)
  expect(await metric('tailboard_sse_disconnects_total{reason="client"}')).toBe(1)

  const again = await open({ 'Last-Event-ID': id })
  await readUntil(again, 'event: update')
  await again.cancel()
  const foreign = await open({ 'Last-Event-ID': 'foreign:1' })
  await readUntil(foreign, 'event: snapshot')
  await foreign.cancel()
  expect(await metric('tailboard_sse_resumes_total{outcome="continued"}')).toBe(1)
  expect(await metric('tailboard_sse_resumes_total{outcome="snapshot"}')).toBe(1)
})

test('a lost cursor is counted', async () => {
  const reader = await open()
  await readUntil(reader, 'event: snapshot')
  await api.engine.stop()
  await readUntil(reader, 'reconnecting')
  expect(await metric('tailboard_cursor_reconnects_total')).toBeGreaterThan(0)
  await reader.cancel()
  await api.engine.startAgain()
})

test('the process is told of as well', async () => {
  const response = await api.ask('/api/metrics')
  expect(response.headers.get('content-type')).toContain('version=0.0.4')
  expect(await response.text()).toContain('process_resident_memory_bytes')
})
