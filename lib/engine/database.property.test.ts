import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Update, Values } from './change.ts'
import type { Database } from './database.ts'
import {
  createViews,
  openWorld,
  perform,
  run,
  step,
  VIEW_NAMES,
  type ViewName,
  viewSql,
  type World,
} from './random-world.ts'
import type { Subscription } from './subscription.ts'
import { parseVersion } from './version.ts'
import { Consolidation, rowKey } from './views/rows.ts'

const RUNS = Number(process.env.PROPERTY_RUNS ?? 25)

/** A reader of a subscription. Checks the rules of the stream on the way. */
class Reader {
  readonly subscription: Subscription
  readonly #view: string
  readonly updates: Update[] = []
  readonly rows = new Consolidation()
  closed = 0n
  /** Whether it began with all rows. */
  readonly #isWhole: boolean
  #last = 0n
  #at = new Set<string>()

  constructor(subscription: Subscription, view: string, isWhole: boolean) {
    this.subscription = subscription
    this.#isWhole = isWhole
    this.#view = view
  }

  read(): this {
    for (const message of this.subscription.take()) {
      expect(message.timestamp).toBeGreaterThanOrEqual(this.#last)
      if (message.timestamp > this.#last) this.#at = new Set()
      this.#last = message.timestamp
      if (message.progress) {
        this.closed = message.timestamp
        continue
      }
      expect(message.timestamp).toBeGreaterThanOrEqual(this.closed)
      const id = rowKey(message.values)
      expect(this.#at).not.toContain(id)
      this.#at.add(id)
      expect(message.diff).not.toBe(0)
      this.updates.push(message)
      this.rows.add(message.values, message.diff)
      if (this.#isWhole) expect(this.rows.get(id)).toBeGreaterThanOrEqual(0)
    }
    const error = this.subscription.error?.message
    expect({ view: this.#view, error }).toEqual({ view: this.#view, error: undefined })
    return this
  }

  /** What it held at a closed timestamp. */
  at(timestamp: bigint): string[] {
    const rows = new Consolidation()
    for (const update of this.updates) if (update.timestamp <= timestamp) rows.add(update.values, update.diff)
    return sorted(rows.rows())
  }

  after(timestamp: bigint): string[] {
    return this.updates
      .filter((update) => update.timestamp > timestamp)
      .map((update) => `${update.timestamp} ${update.diff} ${JSON.stringify(update.values)}`)
      .sort()
  }
}

const sorted = (rows: Iterable<{ values: Values; diff: number }>): string[] =>
  [...rows].map(({ values, diff }) => `${diff} ${JSON.stringify(values)}`).sort()

function count(rows: readonly Values[]): string[] {
  const counts = new Consolidation()
  for (const values of rows) counts.add(values, 1)
  return sorted(counts.rows())
}

interface Following {
  readonly asOf?: bigint
  readonly snapshot?: boolean
  /** The view's query in place of the view. */
  readonly isQuery?: boolean
}

async function follow(
  database: Database,
  view: ViewName,
  { asOf, snapshot = true, isQuery = false }: Following = {},
): Promise<Reader> {
  const target = isQuery
    ? { query: viewSql(view, database.version.era, 'views') }
    : { relation: [view] as const }
  const plan = await database.plan(target)
  const subscription = await database.subscribe(plan, { snapshot, ...(asOf !== undefined && { asOf }) })
  return new Reader(subscription, view, snapshot)
}

/** What a reader that begins at `asOf` reads up to now. */
async function readOnce(database: Database, view: ViewName, following: Following): Promise<Reader> {
  const reader = (await follow(database, view, following)).read()
  reader.subscription.close()
  return reader
}

/** What PGlite answers to the view's query over what the tables held. */
const fromScratch = async (database: Database, view: ViewName, asOf: bigint): Promise<string[]> =>
  count(await run(database, viewSql(view, database.version.era, 'tables'), { asOf }))

async function clear({ database }: World): Promise<void> {
  await run(database, 'DELETE FROM t')
  await run(database, 'DELETE FROM u')
}

/** Some of the views, each run others: to ask for all of them at every time would take too long. */
const someViews = fc.uniqueArray(fc.constantFrom(...VIEW_NAMES), { minLength: 3, maxLength: 3 })

describe.each(['v0.26', 'v26.24'])('%s', (name) => {
  const version = parseVersion(name)
  if (!version) throw new TypeError(name)
  let world: World

  beforeAll(async () => {
    world = await openWorld(version)
    await createViews(world)
  }, 60_000)
  afterAll(() => world.database.close())

  test('at each closed timestamp a subscription, a fresh cursor and the query from scratch agree', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 10 }), someViews, async (steps, chosen) => {
        const { database } = world
        await clear(world)
        const start = database.now()
        const readers = new Map<ViewName, Reader>()
        for (const view of VIEW_NAMES) readers.set(view, await follow(database, view))
        for (const action of steps) {
          await perform(world, action)
          world.clock++
          await database.tick()
        }
        for (const [view, reader] of readers) {
          const rows = sorted(reader.read().rows.rows())
          const selected = count(await run(database, `SELECT * FROM ${view}`))
          expect({ view, rows }).toEqual({ view, rows: selected })
        }
        for (const view of chosen) {
          const reader = readers.get(view)
          for (let at = start; reader && at < reader.closed; at++) {
            const held = { view, at: at - start, rows: reader.at(at) }
            expect(held).toEqual({ ...held, rows: await fromScratch(database, view, at) })
            const cursor = await readOnce(database, view, { asOf: at })
            expect(held).toEqual({ ...held, rows: cursor.at(at) })
          }
        }
        for (const { subscription } of readers.values()) subscription.close()
      }),
      { numRuns: RUNS },
    )
  }, 600_000)

  test('a subscription that is cut and resumed as of then is the one that was not cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 10 }),
        someViews,
        fc.nat(),
        async (steps, chosen, cut) => {
          const { database } = world
          await clear(world)
          const start = database.now()
          const whole: [ViewName, Reader][] = []
          for (const view of chosen) whole.push([view, await follow(database, view)])
          for (const action of steps) {
            await perform(world, action)
            world.clock++
          }
          await database.tick()
          const asOf = start + (BigInt(cut) % (database.now() - start + 1n))
          for (const [view, reader] of whole) {
            const expected = { view, asOf: asOf - start, after: reader.read().after(asOf) }
            for (const isQuery of [false, true]) {
              const resumed = await readOnce(database, view, { asOf, snapshot: false, isQuery })
              expect({ ...expected, after: resumed.after(0n) }).toEqual(expected)
              const fresh = await readOnce(database, view, { asOf, isQuery })
              expect({ ...expected, after: fresh.after(asOf) }).toEqual(expected)
              expect(fresh.at(asOf)).toEqual(reader.at(asOf))
            }
            reader.subscription.close()
          }
        },
      ),
      { numRuns: RUNS },
    )
  }, 600_000)

  test('after a restart all views hold what their queries give, and time has not gone back', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'engine-property-'))
    const dataDir = join(folder, 'data')
    let durable = await openWorld(version, dataDir)
    try {
      await createViews(durable)
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { maxLength: 6 }),
          fc.array(step, { maxLength: 4 }),
          async (before, after) => {
            for (const action of before) await perform(durable, action)
            const last = durable.database.now()
            await durable.database.close()
            durable = await openWorld(version, dataDir, 1)
            const { database } = durable
            expect(database.now()).toBeGreaterThanOrEqual(last)
            durable.clock = Number(database.now())
            const readers: [ViewName, Reader][] = []
            for (const view of VIEW_NAMES) readers.push([view, await follow(database, view)])
            for (const action of after) await perform(durable, action)
            durable.clock++
            await database.tick()
            for (const [view, reader] of readers) {
              const rows = sorted(reader.read().rows.rows())
              expect({ view, rows }).toEqual({
                view,
                rows: await fromScratch(database, view, database.now()),
              })
              reader.subscription.close()
            }
          },
        ),
        { numRuns: Math.ceil(RUNS / 10) },
      )
    } finally {
      await durable.database.close()
      await rm(folder, { recursive: true, force: true })
    }
  }, 600_000)
})
