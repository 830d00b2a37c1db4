import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { COALESCE_MS } from '../hub/channel.ts'
import type { Encoder } from '../hub/encoder.ts'
import { Hub } from '../hub/hub.ts'
import type { Subscription } from '../materialize/subscribe.ts'
import type { Batch } from '../protocol/batch.ts'
import { BEHIND_MS, heal } from './heal.ts'

const batch = (timestamp: number, ...updates: [number, string][]): Batch => ({
  timestamp: BigInt(timestamp),
  updates: updates.map(([diff, row]) => ({ diff, row })),
})

/** Says what a client is sent, in words. */
const encoder: Encoder<string> = {
  snapshot: ({ epoch }, timestamp, rows) => [`snapshot ${epoch}:${timestamp} ${[...rows].sort().join()}`],
  update: (epoch, timestamp, updates) =>
    `update ${epoch}:${timestamp} ${updates.map(({ diff, row }) => `${diff}${row}`).join()}`,
  heartbeat: () => 'heartbeat',
  status: (state) => `status ${state}`,
  bye: () => 'bye',
}

let hub: Hub<string>
let sent: string[]
beforeEach(() => {
  vi.useFakeTimers({ now: 10_000 })
  hub = new Hub({ encoder, onEmpty: () => {} })
  sent = []
  const write = (chunk: string) => void sent.push(chunk)
  hub
    .channel()
    .join(
      { hasRoom: () => true, takenBytes: 0, write, end: () => {}, abort: () => {} },
      { wantsSnapshot: true },
    )
})
afterEach(() => {
  hub.dispose()
  vi.useRealTimers()
})

const subscription = (
  epoch: string,
  begins: Subscription['begins'],
  ...fetches: Batch[][]
): Subscription => ({
  server: { version: 'v0.26.0 (0)', word: 'TAIL', identity: 'i' },
  relation: { id: 'u1', database: 'd', schema: 'public', name: 'v', kind: 'view', columns: [] },
  epoch,
  epochOf: () => epoch,
  begins,
  batches: (async function* () {
    yield* fetches
  })(),
})

/** As the supervisor does. */
async function follow(next: Subscription, now?: () => number): Promise<void> {
  for await (const batches of heal(hub, 'v', next, now)) {
    hub.publish(batches)
    vi.advanceTimersByTime(COALESCE_MS)
  }
}

test('the first rows are a snapshot, and what the same fetch brought is in it', async () => {
  await follow(subscription('E', 'now', [batch(5, [1, 'a']), batch(6, [1, 'b'])], [batch(7, [-1, 'a'])]))
  expect(sent).toEqual(['snapshot E:6 a,b', 'update E:7 -1a'])
})

test('a cursor that continues only adds', async () => {
  await follow(subscription('E', 'now', [batch(5, [1, 'a'])]))
  await follow(subscription('E', 'after', [batch(5)], [batch(6, [1, 'b'])]))
  expect(sent.slice(1)).toEqual(['update E:6 1b'])
})

test('a cursor that begins anew with the same relation shows as the difference alone', async () => {
  await follow(subscription('E', 'now', [batch(5, [1, 'a'], [1, 'b'])]))
  await follow(subscription('E', 'now', [batch(9, [1, 'b'], [1, 'c'])]))
  expect(sent.slice(1)).toEqual(['update E:9 -1a,1c'])
})

test('a snapshot from before what is held is compared only once it has come so far', async () => {
  await follow(subscription('E', 'now', [batch(5)], [batch(6, [1, 'a'])]))
  await follow(subscription('E', 'now', [batch(4)], [batch(5)], [batch(6, [1, 'a'])], [batch(7, [1, 'b'])]))
  expect(sent.slice(2)).toEqual(['update E:7 1b'])
})

test('a database that has gone back in time is believed after ten seconds', async () => {
  await follow(subscription('E', 'now', [batch(1_000, [1, 'a'])]))
  const now = vi.fn().mockReturnValueOnce(0).mockReturnValueOnce(1).mockReturnValue(BEHIND_MS)
  await follow(subscription('E', 'now', [batch(10, [1, 'b'])], [batch(11)]), now)
  expect(sent.slice(1)).toEqual(['snapshot E:11 b'])
})

test('a relation that is another one is a snapshot for those who are there', async () => {
  await follow(subscription('E', 'now', [batch(5, [1, 'a'])]))
  await follow(subscription('F', 'now', [batch(3, [1, 'b'])]))
  expect(sent.slice(1)).toEqual(['snapshot F:3 b'])
  expect(hub.position).toEqual({ epoch: 'F', timestamp: 3n })
})

test('a snapshot that is empty is one', async () => {
  await follow(subscription('E', 'now', [batch(5)]))
  expect(sent).toEqual(['snapshot E:5 '])
})

test('rows from the past are shown once they have come to the present, and ids from then are continued', async () => {
  await follow(subscription('E', 'past', [batch(1_000, [1, 'a'])], [batch(5_000, [1, 'b'])], [batch(9_000)]))
  expect(sent).toEqual(['snapshot E:9000 a,b'])
  const write = (chunk: string) => void sent.push(chunk)
  const lastEventId = { epoch: 'E', timestamp: 1_500n }
  hub
    .channel()
    .join(
      { hasRoom: () => true, takenBytes: 0, write, end: () => {}, abort: () => {} },
      { wantsSnapshot: true, lastEventId },
    )
  expect(sent.slice(1)).toEqual(['update E:9000 1b'])
})

test('a relation that can never change is shown as it was in the past', async () => {
  await follow(subscription('E', 'past', [batch(1_000, [1, 'a'])]))
  expect(sent).toEqual(['snapshot E:1000 a'])
})
