import { Client, Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startServer } from '../engine/server.ts'
import type { Batch } from '../protocol/batch.ts'
import {
  AsOfRefusedError,
  RelationChangedError,
  RelationMissingError,
  RelationTooLargeError,
} from './errors.ts'
import { type SubscribeOptions, type Subscription, subscribe } from './subscribe.ts'

describe.each(['v0.26', 'v26.24.0'])('a subscription to %s', (version) => {
  let server: Awaited<ReturnType<typeof startServer>>
  let url: string
  let writer: Client
  let catalog: Pool
  const controllers = new Set<AbortController>()

  beforeAll(async () => {
    server = await startServer({ port: 0, version })
    url = `postgres://materialize@127.0.0.1:${server.port}/materialize`
    writer = new Client({ connectionString: url })
    await writer.connect()
    catalog = new Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0 })
    await writer.query('CREATE TABLE t (a int, b text)')
    await writer.query(`INSERT INTO t VALUES (1, 'x'), (1, 'x'), (2, NULL)`)
  })

  afterAll(async () => {
    for (const controller of controllers) controller.abort()
    await writer.end()
    await catalog.end()
    await server.close()
  })

  const open = async (name: string, options: Partial<SubscribeOptions> = {}) => {
    const controller = new AbortController()
    controllers.add(controller)
    const relation = { schema: 'public', name }
    const subscription = await subscribe({
      url,
      relation,
      catalog,
      maxRows: 1_000,
      signal: controller.signal,
      ...options,
    })
    return { ...subscription, controller, reader: read(subscription) }
  }
  /** Batch by batch, without those that only say how far it has come. */
  async function* read({ batches }: Subscription): AsyncGenerator<Batch, void> {
    let isFirst = true
    for await (const closed of batches) {
      for (const batch of closed) if (isFirst || batch.updates.length > 0) yield batch
      isFirst = false
    }
  }
  const updatesOf = (result: IteratorResult<Batch, void>) =>
    result.value?.updates.map(({ diff, row }) => [diff, JSON.parse(row)])

  /** Waits, two seconds at most, until no subscription is connected, but only the writer and the catalog's. */
  const noSubscription = () => vi.waitFor(() => expect(server.connections()).toBe(2), { timeout: 2_000 })

  test('begins with the whole state, then tells each change at its own time', async () => {
    const { reader, relation, server: who, begins, controller } = await open('t')
    expect(who.word).toBe(version === 'v0.26' ? 'TAIL' : 'SUBSCRIBE')
    expect(relation).toMatchObject({
      kind: 'table',
      columns: [
        { name: 'a', type: 'integer' },
        { name: 'b', type: 'text' },
      ],
    })
    expect(begins).toBe('now')
    const snapshot = await reader.next()
    expect(updatesOf(snapshot)).toEqual(
      expect.arrayContaining([
        [2, { a: 1, b: 'x' }],
        [1, { a: 2, b: null }],
      ]),
    )
    await writer.query(`UPDATE t SET b = 'y' WHERE a = 2`)
    const change = await reader.next()
    expect(updatesOf(change)).toEqual([
      [-1, { a: 2, b: null }],
      [1, { a: 2, b: 'y' }],
    ])
    expect(change.value?.timestamp).toBeGreaterThan(snapshot.value?.timestamp ?? 0n)
    controller.abort()
  })

  test('of an empty relation begins with an empty state', async () => {
    await writer.query('CREATE TABLE empty (a int)')
    const { reader, controller } = await open('empty')
    expect(updatesOf(await reader.next())).toEqual([])
    controller.abort()
  })

  test('continues after a position without loss, and has the same epoch', async () => {
    const first = await open('t')
    const { value } = await first.reader.next()
    first.controller.abort()
    await writer.query(`INSERT INTO t VALUES (3, 'while away')`)
    const after = { epoch: first.epoch, timestamp: value?.timestamp ?? 0n }
    const second = await open('t', { after })
    expect(second.begins).toBe('after')
    expect(second.epoch).toBe(first.epoch)
    let found: unknown
    while (JSON.stringify(found ?? '').includes('while away') === false)
      found = updatesOf(await second.reader.next())
    expect(found).toEqual([[1, { a: 3, b: 'while away' }]])
    second.controller.abort()
  })

  test('of a relation that is another one by now begins anew', async () => {
    const { begins, controller } = await open('t', { after: { epoch: 'another', timestamp: 5n } })
    expect(begins).toBe('now')
    controller.abort()
  })

  test('says so where the history is gone', async () => {
    const { epoch, controller } = await open('t')
    controller.abort()
    const { reader } = await open('t', { after: { epoch, timestamp: 5n } })
    await expect(reader.next()).rejects.toThrow(AsOfRefusedError)
  })

  test('to a relation that is not there is refused', async () => {
    await expect(open('nothing')).rejects.toThrow(RelationMissingError)
    await expect(open('t"; DROP TABLE t; --')).rejects.toThrow(RelationMissingError)
  })

  test('to a relation with a name that needs quotes works', async () => {
    await writer.query('CREATE TABLE "We""ird name" ("Col ""1" int)')
    await writer.query('INSERT INTO "We""ird name" VALUES (1)')
    const { reader, controller } = await open('We"ird name')
    expect(updatesOf(await reader.next())).toEqual([[1, { 'Col "1': 1 }]])
    controller.abort()
  })

  test('of a relation that was made anew while the cursor began is noticed', async () => {
    await writer.query('CREATE TABLE replaced (a int)')
    const query = async (text: string, values: unknown[]) => {
      await writer.query('DROP TABLE replaced')
      await writer.query('CREATE TABLE replaced (a int)')
      return catalog.query(text, values)
    }
    const { reader } = await open('replaced', { catalog: { query } as unknown as Pool })
    await expect(reader.next()).rejects.toThrow(RelationChangedError)
  })

  test('to a relation with too many rows is refused', async () => {
    const { reader } = await open('t', { maxRows: 1 })
    await expect(reader.next()).rejects.toThrow(RelationTooLargeError)
  })

  test('to a relation that can never change ends after its state', async () => {
    await writer.query('CREATE VIEW one AS SELECT 1 AS x')
    const { reader } = await open('one')
    expect(updatesOf(await reader.next())).toEqual([[1, { x: 1 }]])
    expect(await reader.next()).toMatchObject({ done: true })
  })

  test('ends within two seconds when it is aborted, and leaves no connection behind', async () => {
    await noSubscription()
    const { reader, controller } = await open('t')
    await reader.next()
    expect(server.connections()).toBe(3)
    const waiting = reader.next()
    controller.abort()
    await expect(waiting).rejects.toThrow()
    await noSubscription()
  })

  test('whose reader leaves the loop leaves no connection behind either', async () => {
    await noSubscription()
    const { batches } = await open('t')
    for await (const _ of batches) break
    await noSubscription()
  })
})

test('a server that is not there is an error, at once', async () => {
  const url = 'postgres://127.0.0.1:1/x'
  const catalog = new Pool({ connectionString: url })
  const options = { url, relation: { schema: 'public', name: 't' }, catalog, maxRows: 1 }
  await expect(subscribe({ ...options, signal: new AbortController().signal })).rejects.toThrow(
    /ECONNREFUSED/,
  )
})
