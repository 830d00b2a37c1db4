import { afterEach, describe, expect, test, vi } from 'vitest'
import { FakeEventSource } from './fake-event-source.ts'
import { FetchEventSource } from './fetch-event-source.ts'
import { chooseServices } from './services.ts'
import { subscribe } from './subscribe.ts'

afterEach(() => vi.unstubAllGlobals())

describe('where there is an EventSource', () => {
  test('it is used, at the address that is given, and what it brings is read to the end of the loop', async () => {
    vi.stubGlobal('EventSource', FakeEventSource)
    const events = subscribe('https://elsewhere.example/under/', { relation: 'r', snapshot: false })
    const first = events.next()
    await vi.waitFor(() => expect(FakeEventSource.opened).toHaveLength(1))
    const source = FakeEventSource.newest
    expect(source.url).toBe('https://elsewhere.example/under/api/stream?relation=r&snapshot=false')
    source.send({ kind: 'heartbeat', id: 'e:1', data: { timestamp: '1', now: 1, lagMs: 0 } })
    expect(await first).toMatchObject({ value: { kind: 'heartbeat', id: 'e:1' }, done: false })
    await events.return()
    expect(source.closed).toBe(true)
  })

  test('an empty address is the page itself', async () => {
    vi.stubGlobal('EventSource', FakeEventSource)
    vi.stubGlobal('location', { href: 'https://here.example/' })
    FakeEventSource.opened = []
    const stop = new AbortController()
    const events = subscribe('', { relation: 'r', signal: stop.signal })
    const first = events.next()
    await vi.waitFor(() => expect(FakeEventSource.opened).toHaveLength(1))
    expect(FakeEventSource.newest.url).toBe('/api/stream?relation=r')
    stop.abort()
    expect(await first).toEqual({ value: undefined, done: true })
    expect(FakeEventSource.newest.closed).toBe(true)
  })

  test('what was garbled on its way comes again, also where no snapshot is wanted', async () => {
    vi.stubGlobal('EventSource', FakeEventSource)
    FakeEventSource.opened = []
    const events = subscribe('https://here.example', { relation: 'r', snapshot: false })
    const first = events.next()
    await vi.waitFor(() => expect(FakeEventSource.opened).toHaveLength(1))
    FakeEventSource.newest.send({ kind: 'heartbeat', id: 'e:1', data: { timestamp: '1', now: 1, lagMs: 0 } })
    await first
    const second = events.next()
    FakeEventSource.newest.sendText('update', '{"timestamp":"2","upda')
    await vi.waitFor(() => expect(FakeEventSource.opened).toHaveLength(2), { timeout: 5_000 })
    expect(FakeEventSource.newest.lastEventId).toBe('e:1')
    FakeEventSource.newest.send({ kind: 'update', id: 'e:2', data: { timestamp: '2', updates: [] } })
    expect(await second).toMatchObject({ value: { kind: 'update', id: 'e:2' } })
    await events.return()
  })

  test('it is not used with a token, which it cannot send', () => {
    vi.stubGlobal('EventSource', FakeEventSource)
    vi.stubGlobal('fetch', () => new Promise(() => {}))
    const source = chooseServices('http://here.example', { token: 'mine' }).openEventSource('/api/stream')
    expect(source).toBeInstanceOf(FetchEventSource)
    source.close()
  })
})
