import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { StreamEvent } from '../protocol/events.ts'
import { Fold } from '../protocol/fold.ts'
import { rowKey } from '../protocol/row.ts'
import { rowsOf } from '../protocol/rows-of.ts'
import type { Connection } from './connection.ts'
import { FakeServer, histories } from './fake-server.ts'
import { follow, readRows } from './follow.ts'
import { fetchServices } from './services.ts'
import { readEvents, subscribe } from './subscribe.ts'
import { SubscribeError } from './subscribe-error.ts'
import { type Answer, TornServer } from './torn-server.ts'

const PROBLEM = JSON.stringify({
  detail: 'This will not do.',
  errors: [{ field: 'pm25', message: 'is no column' }],
})

let server: TornServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

async function serve(answer: (lastEventId: string | null, count: number) => Answer): Promise<string> {
  server = await TornServer.start(answer)
  return server.url
}

const services = (url: string) => fetchServices(url, { random: () => 0 })
const sorted = (rows: Iterable<string>): string[] => [...rows].sort()

/** Each row as often as there are copies. */
const copies = (counts: ReadonlyMap<string, number>): string[] =>
  [...counts].flatMap(([row, count]) => new Array<string>(count).fill(row))

const tears = fc.array(
  fc.record({ cutAt: fc.option(fc.integer({ min: 0, max: 700 }), { nil: undefined }), gzip: fc.boolean() }),
  { maxLength: 6 },
)

describe('over connections that are torn at any byte, packed or not', () => {
  test('events fold to the exact rows at every id', async () => {
    await fc.assert(
      fc.asyncProperty(histories, tears, async (batches, cuts) => {
        const source = new FakeServer(batches)
        const torn = await TornServer.start((id, count) => answerOf(source, cuts, id, count))
        try {
          const fold = new Fold()
          for await (const event of readEvents({ relation: 'r' }, services(torn.url))) {
            if (!fold.apply(event)) continue
            const at = Number(event.data && 'timestamp' in event.data && event.data.timestamp)
            expect(sorted([...rowsOf(fold.rows())].map(rowKey))).toEqual(sorted(copies(source.rowsAt(at))))
            if (at === batches.length) break
          }
          expect(torn.requests.length).toBeLessThanOrEqual(cuts.length + batches.length + 1)
        } finally {
          await torn.close()
        }
      }),
      { numRuns: 100 },
    )
  }, 60_000)

  test('rows that are followed are exact whenever they are shown', async () => {
    await fc.assert(
      fc.asyncProperty(histories, tears, async (batches, cuts) => {
        const source = new FakeServer(batches)
        const torn = await TornServer.start((id, count) => answerOf(source, cuts, id, count))
        try {
          for await (const { rows, asOfMs, lastEventId } of readRows({ relation: 'r' }, services(torn.url))) {
            expect(lastEventId).toBe(`e:${asOfMs}`)
            expect(sorted(rows.map(rowKey))).toEqual(sorted(copies(source.rowsAt(asOfMs))))
            if (asOfMs === batches.length) break
          }
        } finally {
          await torn.close()
        }
      }),
      { numRuns: 100 },
    )
  }, 60_000)
})

/** Each connection tells one time more, and is torn as long as there are tears. */
function answerOf(
  source: FakeServer,
  cuts: readonly { readonly cutAt: number | undefined; readonly gzip: boolean }[],
  id: string | null,
  count: number,
): Answer {
  const upTo = Math.min(source.batches.length, count)
  return { events: source.answer(id, upTo), gzip: false, ...cuts[count - 1] }
}

describe('a stream', () => {
  const snapshot = (rows: number, timestamp = '1'): StreamEvent => ({
    kind: 'snapshot',
    id: `e:${timestamp}`,
    data: {
      relation: 'r',
      columns: [{ name: 'n', type: 'integer' }],
      timestamp,
      part: 1,
      parts: 1,
      rows: Array.from({ length: rows }, (_, n) => ({ n })),
    },
  })
  const update = (timestamp: number): StreamEvent => ({
    kind: 'update',
    id: `e:${timestamp}`,
    data: { timestamp: String(timestamp), updates: [{ diff: 1, row: { n: timestamp } }] },
  })

  test('is asked for with all that is wanted of it, and with the token in a header only', async () => {
    const url = await serve(() => ({ events: [snapshot(1)], open: true }))
    for await (const _ of subscribe(`${url}/`, {
      relation: 'r',
      columns: ['n', 'a,b'],
      filters: [['n', 'in.(1,2)']],
      snapshot: false,
      lastEventId: 'e:0',
      token: 'of mine',
    })) {
      break
    }
    const { path, headers } = server?.requests[0] ?? { path: '', headers: {} }
    expect(Object.fromEntries(new URL(path, url).searchParams)).toEqual({
      relation: 'r',
      columns: 'n,"a,b"',
      n: 'in.(1,2)',
      snapshot: 'false',
      lastEventId: 'e:0',
    })
    expect(headers).toMatchObject({ authorization: 'Bearer of mine', accept: 'text/event-stream' })
    expect(headers['accept-encoding']).toContain('gzip')
  })

  test('goes on after the last id when a connection ends, and tells how it stands', async () => {
    const url = await serve((_, count) => ({ events: [count === 1 ? snapshot(1) : update(count)] }))
    const states: Connection['state'][] = []
    const ids: unknown[] = []
    for await (const event of subscribe(url, {
      relation: 'r',
      onConnection: ({ state }) => states.at(-1) === state || states.push(state),
    })) {
      ids.push('id' in event && event.id)
      if (ids.length === 3) break
    }
    expect(ids).toEqual(['e:1', 'e:2', 'e:3'])
    expect(server?.requests.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, 'e:1', 'e:2'])
    expect(states.slice(0, 4)).toEqual(['connecting', 'live', 'reconnecting', 'live'])
  })

  test('that its reader has no time for is let go, and gone on with once there is time', async () => {
    let next = 1
    const url = await serve((_, count) => ({
      events:
        count === 1 ? [snapshot(0), ...Array.from({ length: 2_500 }, () => update(++next))] : [update(9_999)],
      open: true,
    }))
    const ids: string[] = []
    for await (const event of subscribe(url, { relation: 'r' })) {
      if ('id' in event && event.id) ids.push(event.id)
      // It reads on only when the stream has been let go.
      if (ids.length === 1) await vi.waitFor(() => expect(server?.left).toBe(1))
      if (event.data && 'timestamp' in event.data && event.data.timestamp === '9999') break
    }
    // What was let go is asked for with the last id that was read.
    const asked = new URL(server?.requests[1]?.path ?? '', url).searchParams.get('lastEventId')
    expect(asked).toBe(ids.at(-2))
    expect(ids.slice(0, -1)).toEqual(Array.from({ length: ids.length - 1 }, (_, n) => `e:${n + 1}`))
  })

  test('ends without an error when the signal aborts, before, while nothing comes, or between two events', async () => {
    const url = await serve(() => ({ events: [snapshot(1), update(2)], open: true }))
    const read = async (options: { signal: AbortSignal }, onEvent: () => void = () => {}) => {
      let count = 0
      for await (const _ of subscribe(url, { relation: 'r', ...options })) {
        count += 1
        onEvent()
      }
      return count
    }
    expect(await read({ signal: AbortSignal.abort() })).toBe(0)
    const between = new AbortController()
    expect(await read({ signal: between.signal }, () => between.abort())).toBe(1)
    const waiting = new AbortController()
    let count = 0
    const onEvent = () => {
      count += 1
      if (count === 2) setImmediate(() => waiting.abort())
    }
    expect(await read({ signal: waiting.signal }, onEvent)).toBe(2)
  })

  test.each([
    [400, 'unfit'],
    [401, 'signed-out'],
    [403, 'forbidden'],
    [404, 'missing'],
    [413, 'large'],
    [405, 'refused'],
  ] as const)(
    'that is refused with %i throws an error of the kind %s, in the words of the server',
    async (status, code) => {
      const url = await serve(() => ({ status, body: PROBLEM }))
      for (const read of [subscribe, follow]) {
        const error = await read(url, { relation: 'r' })
          .next()
          .catch((thrown: unknown) => thrown)
        expect(error).toBeInstanceOf(SubscribeError)
        expect(error).toMatchObject({ code, status, message: 'This will not do. pm25 is no column.' })
      }
      expect(server?.requests).toHaveLength(2)
    },
  )

  test('that is refused for now is asked for again, not sooner than the server says', async () => {
    const url = await serve((_, count) =>
      count === 1
        ? { status: 503, body: PROBLEM, headers: { 'retry-after': '1' } }
        : { events: [snapshot(1)] },
    )
    const waits: number[] = []
    const onConnection = (connection: Connection) => {
      if ('nextRetryAt' in connection && connection.nextRetryAt)
        waits.push(connection.nextRetryAt - Date.now())
    }
    for await (const { kind } of readEvents({ relation: 'r', onConnection }, services(url))) {
      expect(kind).toBe('snapshot')
      break
    }
    expect(server?.requests).toHaveLength(2)
    expect(Math.max(...waits)).toBeGreaterThan(900)
  })

  test('of a relation that is dropped says so, and then throws', async () => {
    const gone: StreamEvent = { kind: 'status', data: { state: 'gone', reason: 'It was dropped.' } }
    const url = await serve(() => ({ events: [snapshot(1), gone] }))
    const kinds: string[] = []
    const read = async () => {
      for await (const { kind } of subscribe(url, { relation: 'r' })) kinds.push(kind)
    }
    await expect(read()).rejects.toMatchObject({ code: 'gone', message: 'It was dropped.' })
    expect(kinds).toEqual(['snapshot', 'status'])
  })

  test('rows that do not fit are read anew, and never shown', async () => {
    const wrong: StreamEvent = {
      kind: 'update',
      id: 'e:2',
      data: {
        timestamp: '2',
        updates: [
          { diff: 1, row: { n: 7 } },
          { diff: -1, row: { n: 8 } },
        ],
      },
    }
    const url = await serve((_, count) =>
      count === 1 ? { events: [snapshot(1), wrong], open: true } : { events: [snapshot(2, '3')], open: true },
    )
    for await (const { rows, asOfMs } of readRows({ relation: 'r' }, services(url))) {
      expect(rows).toEqual(asOfMs === 1 ? [{ n: 0 }] : [{ n: 0 }, { n: 1 }])
      if (asOfMs === 3) break
    }
    expect(new URL(server?.requests[1]?.path ?? '', url).searchParams.has('lastEventId')).toBe(false)
  })

  test('needs an address', () => {
    expect(() => subscribe('nowhere', { relation: 'r' })).toThrow(TypeError)
    expect(() => follow('', { relation: 'r' })).toThrow(TypeError)
  })
})
