import fc from 'fast-check'
import type { Values } from './change.ts'
import type { RunOptions } from './commit.ts'
import { Database } from './database.ts'
import { readDataRow, readMessages } from './frames.ts'
import type { Version } from './version.ts'

/**
 * Views of every shape over t(k, v, at) and u(k, w), for property tests: what expires does so at `at`, `now()` is the
 * era's current time, and `{name}` another of these views.
 */
export const VIEWS = {
  filter: 'SELECT k, v * 2 AS d FROM t WHERE v > 1',
  temporal: 'SELECT k, v FROM t WHERE now() < at',
  span: 'SELECT k FROM t WHERE now() >= at - 3 AND now() < at',
  moment: 'SELECT k, v FROM t WHERE now() = at',
  closed_span: 'SELECT k, v FROM t WHERE now() BETWEEN at - 2 AND at + 1 AND NOT (now() > at)',
  over_live: 'SELECT v + 1 AS w FROM {temporal} x WHERE k > 0',
  twice_live: 'SELECT k FROM {span} x WHERE k IS NOT NULL AND now() > 1000',
  groups: 'SELECT k, count(*) AS n, sum(v) AS s FROM t GROUP BY k',
  live_groups: 'SELECT k, count(*) AS n FROM t WHERE now() < at GROUP BY k HAVING count(*) > 1',
  over_temporal: 'SELECT k % 2 AS p, max(v) AS m FROM {temporal} x GROUP BY k % 2',
  top: 'SELECT DISTINCT ON (k) k, v, at FROM t ORDER BY k, v DESC, at',
  live_top: 'SELECT DISTINCT ON (k) k, v, at FROM t WHERE now() < at ORDER BY k, at DESC, v',
  distinct_rows: 'SELECT DISTINCT k, v FROM t',
  total: 'SELECT count(*) AS n, sum(v) AS s FROM {top} x',
  joined: 'SELECT t.v, u.w FROM t JOIN u ON t.k = u.k',
  joined_on_more: `SELECT t.k, u.w FROM t, u WHERE u.k + 1 = t.k AND t.v > 0 AND u.w <> 'a' AND t.v <> length(u.w)`,
  joined_on_nothing: 'SELECT t.v, u.w FROM t CROSS JOIN u',
  joined_live: 'SELECT t.v, u.w FROM t LEFT JOIN u ON t.k = u.k WHERE now() < t.at',
  joined_span:
    'SELECT t.k, u.w FROM t JOIN u USING (k) WHERE now() < t.at + length(u.w) AND now() > t.at - 2',
  joined_self: 'SELECT a.v, b.at FROM t a JOIN t b ON a.k = b.v WHERE now() < b.at',
  joined_left: `SELECT t.k, t.v, u.w FROM t LEFT JOIN u ON t.k = u.k AND u.w <> 'b'`,
  joined_right: 'SELECT t.v, u.w FROM {temporal} t RIGHT JOIN u ON t.k = u.k AND t.v = length(u.w)',
  joined_full: 'SELECT t.k AS a, t.v, u.k AS b, u.w FROM {temporal} t FULL JOIN u ON t.k = u.k',
  joined_three: 'SELECT t.v, u.w, g.n FROM t JOIN u ON t.k = u.k LEFT JOIN {groups} g ON g.k = t.v',
  joined_groups: `SELECT u.w, count(*) AS n, sum(t.v) AS s FROM t JOIN u ON t.k = u.k WHERE now() < t.at GROUP BY u.w`,
  joined_views: 'SELECT DISTINCT a.v, b.n FROM {top} a LEFT JOIN {live_groups} b ON a.k = b.k',
  joined_columns: 'SELECT a.y, u.w FROM t a (x, y) JOIN u ON a.x = u.k',
  mixed: 'SELECT k FROM {filter} x UNION ALL SELECT p FROM {over_temporal} y',
  first_two: 'SELECT v FROM t ORDER BY v, k, at LIMIT 2',
  common: 'WITH x AS (SELECT k + 1 AS k FROM t) SELECT k, count(*) AS n FROM x GROUP BY k',
  common_live:
    'SELECT s.v, u.w FROM (WITH x AS (SELECT * FROM t WHERE now() < at) SELECT * FROM x) s JOIN u USING (k)',
  ranked_live:
    'SELECT s.k, row_number() OVER (ORDER BY s.k, s.v, u.w) AS n FROM u JOIN (SELECT k, v FROM t WHERE now() < at) s USING (k)',
  lateral_live:
    'SELECT u.w, s.v FROM u LEFT JOIN LATERAL (SELECT v FROM t WHERE t.k = u.k AND now() < at ORDER BY v LIMIT 1) s ON true',
  nested: 'SELECT s.k, count(*) AS n FROM (SELECT k FROM t WHERE v > 0) s GROUP BY s.k',
} as const
export type ViewName = keyof typeof VIEWS
export const VIEW_NAMES = Object.keys(VIEWS) as ViewName[]

const NOW = { tail: 'mz_logical_timestamp()', subscribe: 'mz_now()' }

/** The query of a view, over other views or over tables alone. */
export function viewSql(name: ViewName, era: Version['era'], over: 'views' | 'tables'): string {
  const sql = VIEWS[name].replaceAll('now()', NOW[era])
  return sql.replace(/\{(\w+)\}/g, (_, inner: ViewName) =>
    over === 'views' ? inner : `(${viewSql(inner, era, over)})`,
  )
}

/** A database with all these views, whose clock is moved by the steps alone. */
export interface World {
  readonly database: Database
  clock: number
}

export async function openWorld(version: Version, dataDir?: string, clock = 1000): Promise<World> {
  const world: { clock: number; database?: Database } = { clock }
  world.database = await Database.open({
    version,
    now: () => world.clock,
    tickMs: 0,
    ...(dataDir !== undefined && { dataDir }),
  })
  return world as World
}

export async function createViews({ database }: World): Promise<void> {
  await run(database, 'CREATE TABLE t (k int, v int, at int8)')
  await run(database, 'CREATE TABLE u (k int, w text)')
  const { era } = database.version
  for (const name of VIEW_NAMES) {
    const word = name === 'filter' ? 'VIEW' : 'MATERIALIZED VIEW'
    await run(database, `CREATE ${word} ${name} AS ${viewSql(name, era, 'views')}`)
  }
}

export async function run(database: Database, sql: string, options: RunOptions = {}): Promise<Values[]> {
  const [bytes] = await database.run([{ sql }], options)
  return [...readMessages(bytes ?? new Uint8Array())].flatMap(({ type, body }) =>
    type === 'D' ? [readDataRow(body)] : [],
  )
}

const key = fc.option(fc.integer({ min: 0, max: 3 }), { freq: 5, nil: null })
const word = fc.constantFrom('a', 'b', '')
const row = fc.record({
  k: key,
  v: fc.integer({ min: 0, max: 3 }),
  life: fc.option(fc.integer({ min: -2, max: 12 }), { freq: 8, nil: null }),
})

/** What happens to the tables, and that time goes by. */
export const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('insert' as const),
      rows: fc.array(row, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('join' as const), k: key, w: word }) },
  fc.record({ do: fc.constant('delete' as const), v: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ do: fc.constant('update' as const), k: key }),
  fc.record({ do: fc.constant('prolong' as const), k: key, ms: fc.integer({ min: -3, max: 3 }) }),
  fc.record({ do: fc.constant('unjoin' as const), w: word }),
  fc.record({ do: fc.constant('both' as const), k: key, w: word }),
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 8 }) }),
  },
)
export type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

const text = (value: number | null): string => (value === null ? 'NULL' : String(value))

export async function perform(world: World, action: Step): Promise<void> {
  const { database } = world
  if (action.do === 'wait') {
    world.clock += action.ms
    return database.tick()
  }
  await database.run(statements(action, Number(database.now())).map((sql) => ({ sql })))
}

function statements(action: Exclude<Step, { do: 'wait' }>, now: number): string[] {
  switch (action.do) {
    case 'insert': {
      const rows = action.rows.map(
        ({ k, v, life }) => `(${text(k)}, ${v}, ${life === null ? 'NULL' : now + life})`,
      )
      return [`INSERT INTO t VALUES ${rows.join()}`]
    }
    case 'join':
      return [`INSERT INTO u VALUES (${text(action.k)}, '${action.w}')`]
    case 'delete':
      return [`DELETE FROM t WHERE v = ${action.v}`]
    case 'update':
      return [`UPDATE t SET v = (v + 1) % 4 WHERE k IS NOT DISTINCT FROM ${text(action.k)}`]
    case 'prolong':
      return [`UPDATE t SET at = at + ${action.ms} WHERE k IS NOT DISTINCT FROM ${text(action.k)}`]
    case 'unjoin':
      return [`DELETE FROM u WHERE w = '${action.w}'`]
    case 'both':
      return [
        `UPDATE u SET k = ${text(action.k)} WHERE w = '${action.w}'`,
        `UPDATE t SET k = (k + 1) % 4 WHERE v > 1`,
        `INSERT INTO t VALUES (${text(action.k)}, 1, ${now + 3})`,
      ]
    default:
      return action satisfies never
  }
}
