import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Values } from './change.ts'
import { Database } from './database.ts'
import { readDataRow, readMessages } from './frames.ts'
import type { Message, Subscription } from './subscription.ts'
import { parseVersion, type Version } from './version.ts'
import { Consolidation, rowKey } from './views/rows.ts'

/** Every shape a view may have, over t(k, v, at) and u(k, w); what expires does so at `at`. */
const VIEWS = {
  filter: 'SELECT k, v * 2 AS d FROM t WHERE v > 1',
  temporal: 'SELECT k, v FROM t WHERE now() < at',
  span: 'SELECT k FROM t WHERE now() >= at - 3 AND now() < at',
  over_live: 'SELECT v + 1 AS w FROM temporal WHERE k > 0',
  twice_live: 'SELECT k FROM span WHERE k IS NOT NULL AND now() > 1000',
  groups: 'SELECT k, count(*) AS n, sum(v) AS s FROM t GROUP BY k',
  live_groups: 'SELECT k, count(*) AS n FROM t WHERE now() < at GROUP BY k HAVING count(*) > 1',
  over_temporal: 'SELECT k % 2 AS p, max(v) AS m FROM temporal GROUP BY k % 2',
  top: 'SELECT DISTINCT ON (k) k, v, at FROM t ORDER BY k, v DESC, at',
  top_live: 'SELECT DISTINCT ON (k) k, v, at FROM t WHERE now() < at ORDER BY k, at DESC, v',
  distinct_rows: 'SELECT DISTINCT k, v FROM t',
  total: 'SELECT count(*) AS n, sum(v) AS s FROM top',
  joined: 'SELECT t.v, u.w FROM t JOIN u ON t.k = u.k',
  joined_on_more: `SELECT t.k, u.w FROM t, u WHERE u.k + 1 = t.k AND t.v > 0 AND u.w <> 'a' AND t.v <> length(u.w)`,
  joined_on_nothing: 'SELECT t.v, u.w FROM t CROSS JOIN u',
  joined_live: 'SELECT t.v, u.w FROM t LEFT JOIN u ON t.k = u.k WHERE now() < t.at',
  joined_span:
    'SELECT t.k, u.w FROM t JOIN u USING (k) WHERE now() < t.at + length(u.w) AND now() > t.at - 2',
  joined_self: 'SELECT a.v, b.at FROM t a JOIN t b ON a.k = b.v WHERE now() < b.at',
  joined_left: `SELECT t.k, t.v, u.w FROM t LEFT JOIN u ON t.k = u.k AND u.w <> 'b'`,
  joined_right: 'SELECT t.v, u.w FROM temporal t RIGHT JOIN u ON t.k = u.k AND t.v = length(u.w)',
  joined_full: 'SELECT t.k AS a, t.v, u.k AS b, u.w FROM temporal t FULL JOIN u ON t.k = u.k',
  joined_three: 'SELECT t.v, u.w, g.n FROM t JOIN u ON t.k = u.k LEFT JOIN groups g ON g.k = t.v',
  joined_groups: `SELECT u.w, count(*) AS n, sum(t.v) AS s FROM t JOIN u ON t.k = u.k WHERE now() < t.at GROUP BY u.w`,
  joined_views: 'SELECT DISTINCT a.v, b.n FROM top a LEFT JOIN live_groups b ON a.k = b.k',
  joined_columns: 'SELECT a.y, u.w FROM t a (x, y) JOIN u ON a.x = u.k',
  mixed: 'SELECT k FROM filter UNION ALL SELECT p FROM over_temporal',
  first_two: 'SELECT v FROM t ORDER BY v, k, at LIMIT 2',
  nested: 'SELECT s.k, count(*) AS n FROM (SELECT k FROM t WHERE v > 0) s GROUP BY s.k',
} as const
const NAMES = Object.keys(VIEWS) as (keyof typeof VIEWS)[]
const NOW = { tail: 'mz_logical_timestamp()', subscribe: 'mz_now()' }

interface World {
  readonly database: Database
  clock: number
}

async function openWorld(version: Version): Promise<World> {
  const world: { clock: number; database?: Database } = { clock: 1000 }
  world.database = await Database.open({ version, now: () => world.clock, tickMs: 0 })
  const { database } = world
  await run(database, 'CREATE TABLE t (k int, v int, at int8)')
  await run(database, 'CREATE TABLE u (k int, w text)')
  for (const [name, sql] of Object.entries(VIEWS)) {
    const word = name === 'filter' ? 'VIEW' : 'MATERIALIZED VIEW'
    await run(database, `CREATE ${word} ${name} AS ${sql.replaceAll('now()', NOW[version.era])}`)
  }
  return world as World
}

async function run(database: Database, sql: string): Promise<Values[]> {
  const [bytes] = await database.run([{ sql }])
  return [...readMessages(bytes ?? new Uint8Array())].flatMap(({ type, body }) =>
    type === 'D' ? [readDataRow(body)] : [],
  )
}

const key = fc.option(fc.integer({ min: 0, max: 3 }), { freq: 5, nil: null })
const row = fc.record({
  k: key,
  v: fc.integer({ min: 0, max: 3 }),
  life: fc.option(fc.integer({ min: -2, max: 12 }), { freq: 8, nil: null }),
})
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('insert' as const),
      rows: fc.array(row, { minLength: 1, maxLength: 4 }),
    }),
  },
  fc.record({ do: fc.constant('join' as const), k: key, w: fc.constantFrom('a', 'b', '') }),
  fc.record({ do: fc.constant('delete' as const), v: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ do: fc.constant('update' as const), k: key }),
  fc.record({ do: fc.constant('unjoin' as const), w: fc.constantFrom('a', 'b', '') }),
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 8 }) }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

const text = (value: number | null): string => (value === null ? 'NULL' : String(value))

async function perform(world: World, action: Step): Promise<void> {
  const { database } = world
  switch (action.do) {
    case 'wait':
      world.clock += action.ms
      return database.tick()
    case 'insert': {
      const now = Number(database.now())
      const rows = action.rows.map(
        ({ k, v, life }) => `(${text(k)}, ${v}, ${life === null ? 'NULL' : now + life})`,
      )
      await run(database, `INSERT INTO t VALUES ${rows.join()}`)
      return
    }
    case 'join':
      await run(database, `INSERT INTO u VALUES (${text(action.k)}, '${action.w}')`)
      return
    case 'delete':
      await run(database, `DELETE FROM t WHERE v = ${action.v}`)
      return
    case 'update':
      await run(database, `UPDATE t SET v = (v + 1) % 4 WHERE k IS NOT DISTINCT FROM ${text(action.k)}`)
      return
    case 'unjoin':
      await run(database, `DELETE FROM u WHERE w = '${action.w}'`)
      return
    default:
      action satisfies never
  }
}

/** What a reader of a subscription holds at its last closed timestamp. Checks the rules on the way. */
class Reader {
  readonly subscription: Subscription
  readonly view: string
  readonly rows = new Consolidation()
  readonly messages: Message[] = []
  #last = 0n
  #at = new Set<string>()

  constructor(subscription: Subscription, view: string) {
    this.subscription = subscription
    this.view = view
  }

  read(): void {
    for (const message of this.subscription.take()) {
      this.messages.push(message)
      expect(message.timestamp).toBeGreaterThanOrEqual(this.#last)
      if (message.timestamp > this.#last) this.#at = new Set()
      this.#last = message.timestamp
      if (message.progress) continue
      const id = rowKey(message.values)
      expect(this.#at).not.toContain(id)
      this.#at.add(id)
      expect(message.diff).not.toBe(0)
      this.rows.add(message.values, message.diff)
      expect(this.rows.get(id)).toBeGreaterThanOrEqual(0)
    }
    expect({ view: this.view, error: this.subscription.error?.message }).toEqual({
      view: this.view,
      error: undefined,
    })
  }
}

const sorted = (rows: Iterable<{ values: Values; diff: number }>): string[] =>
  [...rows].map(({ values, diff }) => `${diff} ${JSON.stringify(values)}`).sort()

function count(rows: readonly Values[]): string[] {
  const counts = new Consolidation()
  for (const values of rows) counts.add(values, 1)
  return sorted(counts.rows())
}

async function subscribe(database: Database, name: string, asOf?: bigint): Promise<Reader> {
  const plan = await database.plan({ relation: [name] })
  return new Reader(
    await database.subscribe(plan, { snapshot: true, ...(asOf !== undefined && { asOf }) }),
    name,
  )
}

/** The last messages of a reader, from a timestamp on. */
const updatesAfter = (messages: readonly Message[], timestamp: bigint): string[] =>
  messages
    .flatMap((message) => (message.progress || message.timestamp <= timestamp ? [] : [message]))
    .map((update) => `${update.timestamp} ${update.diff} ${JSON.stringify(update.values)}`)
    .sort()

describe.each(['v0.26', 'v26.24'])('%s', (name) => {
  const version = parseVersion(name)
  if (!version) throw new TypeError(name)
  let world: World

  beforeAll(async () => {
    world = await openWorld(version)
  }, 60_000)
  afterAll(() => world.database.close())

  test('what a subscription adds up to is what the query gives, at every time, from any time on', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.nat(), async (steps, cut) => {
        const { database } = world
        await run(database, 'DELETE FROM t')
        await run(database, 'DELETE FROM u')
        const readers = new Map<string, Reader>()
        for (const view of NAMES) readers.set(view, await subscribe(database, view))
        const states: { at: bigint; rows: Map<string, string[]> }[] = []
        for (const action of steps) {
          await perform(world, action)
          world.clock++
          await database.tick()
          const rows = new Map<string, string[]>()
          for (const [view, reader] of readers) {
            reader.read()
            rows.set(view, sorted(reader.rows.rows()))
            expect({ view, rows: rows.get(view) }).toEqual({
              view,
              rows: count(await run(database, `SELECT * FROM ${view}`)),
            })
          }
          states.push({ at: database.now(), rows })
        }
        const state = states[cut % Math.max(1, states.length)]
        for (const [view, reader] of readers) {
          if (state) {
            const resumed = await subscribe(database, view, state.at)
            const snapshot = new Reader(resumed.subscription, view)
            snapshot.read()
            const first = snapshot.messages.filter(
              (message) => !message.progress && message.timestamp === state.at,
            )
            expect({ view, rows: sorted(first as { values: Values; diff: number }[]) }).toEqual({
              view,
              rows: state.rows.get(view),
            })
            expect(updatesAfter(snapshot.messages, state.at)).toEqual(updatesAfter(reader.messages, state.at))
            resumed.subscription.close()
          }
          reader.subscription.close()
        }
      }),
      { numRuns: Number(process.env.PROPERTY_RUNS ?? 25) },
    )
  }, 120_000)
})
