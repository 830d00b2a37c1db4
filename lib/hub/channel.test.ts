import { createParser } from 'eventsource-parser'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { parseEventId } from '../protocol/event-id.ts'
import { eventSchemas, type StreamEvent } from '../protocol/events.ts'
import { Fold } from '../protocol/fold.ts'
import type { SseChunk } from '../sse/chunk.ts'
import { sseEncoder } from '../sse/encode.ts'
import { Channel, COALESCE_MS } from './channel.ts'
import type { Description } from './encoder.ts'
import { History } from './history.ts'
import { STALL_MS, type Subscriber, type Writer } from './subscriber.ts'

const WHAT: Description = { relation: 'v', columns: [{ name: 'k', type: 'text' }], epoch: 'E' }
const row = (k: string | number) => JSON.stringify({ k: String(k) })
const batch = (timestamp: number, ...updates: [number, string | number][]) => ({
  timestamp: BigInt(timestamp),
  updates: updates.map(([diff, k]) => ({ diff, row: row(k) })),
})

/** A client behind a writer with little room, that reads when it is told to. */
class Client implements Writer<SseChunk> {
  readonly events: StreamEvent[] = []
  readonly fold = new Fold()
  isEnded = false
  isAborted = false
  takenBytes = 0
  subscriber: Subscriber<SseChunk> | undefined
  #waiting: SseChunk[] = []
  #utf8 = new TextDecoder()
  #parser = createParser({
    onEvent: ({ id, event, data }) => {
      const kind = event as StreamEvent['kind']
      const parsed = { kind, id, data: eventSchemas[kind].parse(JSON.parse(data)) } as StreamEvent
      this.events.push(parsed)
      this.fold.apply(parsed)
    },
  })
  readonly maxWaiting: number

  constructor(maxWaiting = Number.POSITIVE_INFINITY) {
    this.maxWaiting = maxWaiting
  }

  hasRoom = () => this.#waiting.length < this.maxWaiting
  write = (chunk: SseChunk) => void this.#waiting.push(chunk)
  end = () => {
    this.isEnded = true
  }
  abort = () => {
    this.isAborted = true
  }

  /** Takes up to so many chunks off the wire. */
  read(chunks = Number.POSITIVE_INFINITY): this {
    for (let i = 0; i < chunks && this.#waiting.length > 0; i++) {
      const bytes = this.#waiting.shift()?.plain.bytes ?? new Uint8Array()
      this.takenBytes += bytes.length
      this.#parser.feed(this.#utf8.decode(bytes))
      this.subscriber?.drain()
    }
    return this
  }

  get waiting() {
    return this.#waiting.length
  }

  get kinds() {
    return this.events.map(({ kind }) => kind)
  }

  get rows() {
    return [...this.fold.rows()].flatMap(({ row, count }) => Array<string>(count).fill(String(row.k))).sort()
  }
}

let channel: Channel<SseChunk>
const onEmpty = vi.fn()
const join = (client: Client, lastEventId?: string, wantsSnapshot = true) => {
  const id = lastEventId === undefined ? undefined : parseEventId(lastEventId)
  client.subscriber = channel.join(client, { lastEventId: id, wantsSnapshot })
  return client
}

const HEARTBEAT_MS = 5_000
let heartbeats: NodeJS.Timeout

beforeEach(() => {
  vi.useFakeTimers()
  onEmpty.mockReset()
  channel = new Channel({ encoder: sseEncoder, onEmpty })
  heartbeats = setInterval(() => channel.heartbeat(), HEARTBEAT_MS)
})
afterEach(() => {
  clearInterval(heartbeats)
  vi.useRealTimers()
})

describe('a newcomer', () => {
  test('gets the rows in parts, the id on the last, then what follows', () => {
    const rows = Array.from({ length: 2_500 }, (_, i): [number, number] => [1, i])
    channel.begin(WHAT, new History(batch(10, ...rows)))
    const client = join(new Client()).read()
    expect(client.events.map((event) => 'id' in event && event.id)).toEqual([undefined, undefined, 'E:10'])
    expect(client.rows).toHaveLength(2_500)
    channel.publish([batch(11, [-1, 0])])
    expect(client.read().events.at(-1)).toMatchObject({ kind: 'update', id: 'E:11' })
    expect(client.rows).toHaveLength(2_499)
  })

  test('waits for the first rows, and hears that the database is away', () => {
    channel.setStatus('reconnecting', 'away')
    const client = join(new Client()).read()
    expect(client.kinds).toEqual(['status'])
    channel.begin(WHAT, new History(batch(10, [1, 'a'])))
    channel.setStatus('live', '')
    expect(client.read().kinds).toEqual(['status', 'snapshot', 'status'])
  })

  test('that wants no snapshot gets an id first', () => {
    channel.begin(WHAT, new History(batch(10, [1, 'a'])))
    const client = join(new Client(), undefined, false).read()
    expect(client.events).toMatchObject([{ kind: 'heartbeat', id: 'E:10' }])
  })

  test('shares a recent snapshot and gets the difference after it', () => {
    const encode = vi.spyOn(sseEncoder, 'snapshot')
    channel.begin(WHAT, new History(batch(10, [1, 'a'], [1, 'x'], [1, 'y'])))
    join(new Client()).read()
    channel.publish([batch(11, [1, 'b'])])
    const client = join(new Client()).read()
    expect(encode).toHaveBeenCalledTimes(1)
    expect(client.kinds).toEqual(['snapshot', 'update'])
    expect(client.rows).toEqual(['a', 'b', 'x', 'y'])
    encode.mockRestore()
  })
})

describe('a client that comes back', () => {
  beforeEach(() => {
    channel.begin(WHAT, new History(batch(10, [1, 'a'], [1, 'b'], [1, 'c'])))
    channel.publish([batch(11, [1, 'd']), batch(12, [-1, 'd'], [1, 'e'])])
  })

  test('gets one update with the difference', () => {
    const client = join(new Client(), 'E:10').read()
    expect(client.events).toMatchObject([{ kind: 'update', id: 'E:12', data: { updates: [{ diff: 1 }] } }])
  })

  test('gets nothing where nothing changed', () =>
    expect(join(new Client(), 'E:12').read().events).toEqual([]))

  test.each(['X:12', 'E:9'])('gets all rows where its id %s cannot be continued, also unasked', (id) => {
    expect(join(new Client(), id, false).read().rows).toEqual(['a', 'b', 'c', 'e'])
  })

  test('and is ahead of this server is waited for', () => {
    const client = join(new Client(), 'E:20').read()
    channel.publish([batch(19, [1, 'f'])])
    expect(client.read().events).toEqual([])
    channel.publish([batch(21, [1, 'g'])])
    expect(client.read().events).toMatchObject([{ kind: 'update', data: { updates: [{ row: { k: 'g' } }] } }])
  })

  test('and stays ahead gets all rows after ten seconds', () => {
    const client = join(new Client(), 'E:20')
    vi.advanceTimersByTime(10_000)
    expect(client.read().kinds).toContain('snapshot')
  })
})

describe('a client that does not read', () => {
  test('is sent nothing past its bound, and one difference when it reads again', () => {
    channel.begin(
      WHAT,
      new History(batch(0, ...Array.from({ length: 20 }, (_, i): [number, number] => [1, i]))),
    )
    const client = join(new Client(2))
    for (let i = 1; i <= 10; i++) {
      channel.publish([batch(i, [-1, i - 1], [1, `n${i}`])])
      vi.advanceTimersByTime(COALESCE_MS)
    }
    expect(client.waiting).toBe(2)
    client.read()
    expect(client.kinds).toEqual(['snapshot', 'update', 'update'])
    expect(client.rows).toEqual(
      [
        ...Array.from({ length: 10 }, (_, i) => `n${i + 1}`),
        ...Array.from({ length: 10 }, (_, i) => String(i + 10)),
      ].sort(),
    )
  })

  test('hears how the database does once it reads again, and only the latest', () => {
    channel.begin(WHAT, new History(batch(0, [1, 'a'])))
    const client = join(new Client(1))
    channel.setStatus('reconnecting', 'away')
    channel.setStatus('live', '')
    expect(client.read().events).toMatchObject([
      { kind: 'snapshot' },
      { kind: 'status', data: { state: 'live' } },
    ])
  })

  test('is closed after a minute, and only then', () => {
    channel.begin(WHAT, new History(batch(0, [1, 'a'])))
    const slow = join(new Client(1))
    const healthy = join(new Client())
    vi.advanceTimersByTime(STALL_MS)
    expect(slow.isAborted).toBe(false)
    vi.advanceTimersByTime(2 * HEARTBEAT_MS)
    expect(slow.isAborted).toBe(true)
    expect(healthy.isAborted || healthy.isEnded).toBe(false)
    expect(channel.size).toBe(1)
  })

  test('gets a snapshot where the difference would be larger', () => {
    channel.begin(WHAT, new History(batch(0, [1, 'a'])))
    const client = join(new Client(1))
    for (let i = 1; i < 9; i++) channel.publish([batch(i, [1, i])])
    channel.publish([batch(9, ...Array.from({ length: 8 }, (_, i): [number, number] => [-1, i + 1]))])
    vi.advanceTimersByTime(1_000)
    expect(client.read().rows).toEqual(['a'])
  })
})

describe('changes that follow each other closely', () => {
  test('are sent as one, but for the first after a pause', () => {
    channel.begin(WHAT, new History(batch(10)))
    const client = join(new Client()).read()
    channel.publish([batch(11, [1, 'a'])])
    expect(client.read().kinds).toEqual(['snapshot', 'update'])
    channel.publish([batch(12, [1, 'b'])])
    channel.publish([batch(13, [-1, 'b'], [1, 'c'])])
    expect(client.read().kinds).toEqual(['snapshot', 'update'])
    vi.advanceTimersByTime(COALESCE_MS)
    expect(client.read().events.at(-1)).toMatchObject({
      id: 'E:13',
      data: { updates: [{ row: { k: 'c' } }] },
    })
    expect(client.rows).toEqual(['a', 'c'])
  })

  test('are not told twice to who comes in between', () => {
    channel.begin(WHAT, new History(batch(10, [1, 'x'], [1, 'y'])))
    const there = join(new Client()).read()
    channel.publish([batch(11, [1, 'a'])])
    channel.publish([batch(12, [1, 'b'])])
    const [newcomer, back] = [join(new Client()), join(new Client(), 'E:11')]
    vi.advanceTimersByTime(COALESCE_MS)
    expect(newcomer.read().rows).toEqual(['a', 'b', 'x', 'y'])
    expect(there.read().rows).toEqual(['a', 'b', 'x', 'y'])
    expect(back.read().events).toMatchObject([{ id: 'E:12', data: { updates: [{ row: { k: 'b' } }] } }])
  })
})

describe('a heartbeat', () => {
  test('comes to everybody, with an id only where the client has everything', () => {
    channel.begin(WHAT, new History(batch(10, [1, 'a'])))
    const current = join(new Client())
    const ahead = join(new Client(), 'E:99')
    vi.advanceTimersByTime(HEARTBEAT_MS)
    expect(current.read().events.at(-1)).toMatchObject({
      kind: 'heartbeat',
      id: 'E:10',
      data: { timestamp: '10' },
    })
    expect(ahead.read().events).toMatchObject([{ kind: 'heartbeat', id: undefined }])
  })

  test('comes before the first rows too', () => {
    const client = join(new Client())
    vi.advanceTimersByTime(HEARTBEAT_MS)
    expect(client.read().events).toMatchObject([
      { kind: 'heartbeat', data: { timestamp: null, lagMs: null } },
    ])
  })
})

test('a relation that is another one is sent anew to all', () => {
  channel.begin(WHAT, new History(batch(10, [1, 'a'])))
  const client = join(new Client()).read()
  channel.begin({ ...WHAT, epoch: 'F' }, new History(batch(5, [1, 'b'])))
  expect(client.read().fold.lastEventId).toBe('F:5')
  expect(client.rows).toEqual(['b'])
})

test('a healed gap shows as an update', () => {
  channel.begin(WHAT, new History(batch(10, [1, 'a'])))
  const client = join(new Client()).read()
  channel.rebase(new History(batch(20, [1, 'b'])))
  expect(client.read().kinds).toEqual(['snapshot', 'update'])
  expect(client.rows).toEqual(['b'])
})

test('a shutdown says farewell with a time to come back, and ends the streams', () => {
  channel.begin(WHAT, new History(batch(10)))
  const client = join(new Client())
  channel.shutdown()
  expect(client.read().kinds).toEqual(['snapshot', 'bye'])
  expect(client.isEnded).toBe(true)
  expect(onEmpty).toHaveBeenCalledTimes(1)
})

test('a client that left is written to no more, however often it leaves', () => {
  channel.begin(WHAT, new History(batch(10)))
  const client = join(new Client()).read()
  client.subscriber?.close('client')
  client.subscriber?.close('client')
  channel.publish([batch(11, [1, 'a'])])
  expect(client.waiting).toBe(0)
  expect(channel.size).toBe(0)
  expect(onEmpty).toHaveBeenCalledTimes(1)
})

type Step =
  | { do: 'toggle'; keys: number[] }
  | { do: 'read'; client: number; chunks: number }
  | { do: 'cut'; client: number }
  | { do: 'rebase'; keys: number[] }
  | { do: 'pause'; ms: number }

const key = fc.integer({ min: 0, max: 5 })
const steps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ do: fc.constant('toggle' as const), keys: fc.array(key, { maxLength: 4 }) }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('read' as const),
        client: fc.nat(2),
        chunks: fc.integer({ min: 1, max: 3 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('cut' as const), client: fc.nat(2) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('rebase' as const), keys: fc.array(key) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('pause' as const),
        ms: fc.constantFrom(5, 20, 500, 5_000, 70_000),
      }),
    },
  ),
  { maxLength: 60 },
) satisfies fc.Arbitrary<Step[]>

test("every client's rows are exact at every id it has read, whatever it reads, misses, or is cut off from", () => {
  fc.assert(
    fc.property(steps, (all) => {
      channel = new Channel({ encoder: sseEncoder, onEmpty: () => {} })
      const counts = new Map<string, number>([['0', 1]])
      const rows = () =>
        [...counts]
          .filter(([, count]) => count > 0)
          .map(([k]) => k)
          .sort()
      const states = new Map<string, string[]>()
      let time = 100
      channel.begin(WHAT, new History(batch(time, [1, 0])))
      states.set(`E:${time}`, rows())
      const clients = [new Client(1), new Client(2), new Client(9)].map((client) => join(client))
      const check = (client: Client) => {
        const { lastEventId } = client.fold
        if (lastEventId !== undefined) expect(client.rows).toEqual(states.get(lastEventId))
      }
      for (const step of all) {
        const client = 'client' in step ? clients[step.client] : undefined
        if (step.do === 'toggle') {
          time += 1_000
          const updates = [...new Set(step.keys.map(String))].map((k): [number, string] => {
            const diff = (counts.get(k) ?? 0) > 0 ? -1 : 1
            counts.set(k, (counts.get(k) ?? 0) + diff)
            return [diff, k]
          })
          states.set(`E:${time}`, rows())
          channel.publish([batch(time, ...updates)])
        } else if (step.do === 'rebase') {
          time += 1_000
          counts.clear()
          for (const k of step.keys) counts.set(String(k), 1)
          states.set(`E:${time}`, rows())
          channel.rebase(new History(batch(time, ...rows().map((k): [number, string] => [1, k]))))
        } else if (step.do === 'pause') vi.advanceTimersByTime(step.ms)
        else if (client && step.do === 'read') check(client.read(step.chunks))
        else if (client && step.do === 'cut') {
          client.subscriber?.close('client')
          const again = new Client(client.maxWaiting)
          // What a reader keeps over a cut: its rows and its id, but no parts of a snapshot.
          Object.assign(again, { fold: client.fold })
          client.fold.discardParts()
          const index = clients.indexOf(client)
          clients[index] = join(again, client.fold.lastEventId)
        }
      }
      vi.advanceTimersByTime(COALESCE_MS)
      for (const client of clients) check(client.read())
    }),
    { numRuns: 300 },
  )
})
