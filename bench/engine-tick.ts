import { Database } from '../lib/engine/database.ts'
import type { Subscription } from '../lib/engine/subscription.ts'
import { parseVersion } from '../lib/engine/version.ts'
import { type Bench, type Figure, median } from './support/figure.ts'
import { clockMs } from './support/process.ts'

const SMALL = 1_000
const LARGE = 100_000
const CHANGED = 100
/** Keys of groups: at the large size each has a hundred rows. */
const KEYS = 1_000
/** Rows that are inserted to be measured, and then deleted, are told from the others by their value. */
const MEASURED = 1_000_000
const LIFE_MS = 1_000
const FOR_EVER = 9_000_000_000_000

/** The shapes that are not to be computed anew, each over a table of its own, and what its tick may cost. */
const SHAPES = [
  { shape: 'filter', table: 'filtered', bar: 2, sql: 'SELECT id, v * 2 AS d FROM filtered WHERE v > 0' },
  {
    shape: 'temporal filter',
    table: 'aged',
    bar: 2,
    sql: 'SELECT id, v FROM aged WHERE mz_logical_timestamp() < at',
  },
  {
    shape: 'GROUP BY',
    table: 'grouped',
    bar: 4,
    sql: 'SELECT id, count(*) AS n, sum(v) AS s FROM grouped GROUP BY id',
  },
  {
    shape: 'top-1 per key',
    table: 'topped',
    bar: 4,
    sql: 'SELECT DISTINCT ON (id) id, v, at FROM topped ORDER BY id, v DESC',
  },
] as const

/**
 * What 100 changed rows cost at 100,000 rows against 1,000: a commit with all it brings about, and for the temporal
 * view also their expiry. Both sizes take turns, so that what the machine does meanwhile meets both.
 */
export const engineTick: Bench = async ({ isFull }) => {
  const rounds = isFull ? 9 : 5
  const ticks = isFull ? 30 : 15
  const [small, large] = [await World.open(SMALL), await World.open(LARGE)]
  try {
    const figures: Figure[] = []
    for (const { shape, table, bar } of SHAPES) {
      const results: { small: number; large: number }[] = []
      // The first round warms all up.
      for (let round = 0; round <= rounds; round++) {
        const result = { small: await small.measure(table, ticks), large: await large.measure(table, ticks) }
        if (round > 0) results.push(result)
      }
      figures.push({
        measure: `tick of ${CHANGED} changed rows, ${shape}, ${LARGE} rows`,
        ours: median(results.map((one) => one.large)),
        baseline: median(results.map((one) => one.small)),
        unit: 'ms',
        against: `${SMALL} rows`,
        bar,
        ratios: results.map((one) => one.large / one.small),
      })
    }
    return figures
  } finally {
    await Promise.all([small.close(), large.close()])
  }
}

/** A database whose tables have so many rows. Its clock is moved by hand, so that nothing is waited for. */
class World {
  readonly #database: Database
  readonly #clock: { ms: number }
  readonly #subscriptions: Subscription[] = []

  private constructor(database: Database, clock: { ms: number }) {
    this.#database = database
    this.#clock = clock
  }

  static async open(rows: number): Promise<World> {
    const version = parseVersion('v0.26')
    if (!version) throw new TypeError('no version')
    const clock = { ms: Date.now() }
    const world = new World(await Database.open({ version, now: () => clock.ms, tickMs: 0 }), clock)
    for (const { shape, table, sql } of SHAPES) {
      await world.#run(`CREATE TABLE ${table} (id int, v int, at numeric)`)
      await world.#run(
        `INSERT INTO ${table} SELECT n % ${KEYS}, n, ${FOR_EVER} FROM generate_series(1, ${rows}) AS g(n)`,
      )
      const view = shape.replaceAll(/\W/g, '_')
      await world.#run(`CREATE MATERIALIZED VIEW ${view} AS ${sql}`)
      const plan = await world.#database.plan({ relation: [view.toLowerCase()] })
      world.#subscriptions.push(await world.#database.subscribe(plan, { snapshot: false }))
    }
    return world
  }

  close(): Promise<void> {
    return this.#database.close()
  }

  /** Milliseconds that a tick takes, in the middle of so many. */
  async measure(table: string, ticks: number): Promise<number> {
    const times: number[] = []
    for (let tick = 0; tick < ticks; tick++) {
      this.#clock.ms += LIFE_MS
      const end = this.#clock.ms + LIFE_MS
      const rows = Array.from(
        { length: CHANGED },
        (_, index) => `(${(tick * CHANGED + index) % KEYS}, ${MEASURED + index}, ${end})`,
      )
      const insert = `INSERT INTO ${table} VALUES ${rows.join()}`
      const started = clockMs()
      await this.#run(insert)
      const inserted = clockMs() - started
      this.#clock.ms = end + 1
      const expires = clockMs()
      await this.#database.tick()
      times.push(table === 'aged' ? inserted + clockMs() - expires : inserted)
      for (const subscription of this.#subscriptions) subscription.take()
      await this.#run(`DELETE FROM ${table} WHERE v >= ${MEASURED}`)
    }
    return median(times)
  }

  async #run(sql: string): Promise<void> {
    await this.#database.run([{ sql }])
  }
}
