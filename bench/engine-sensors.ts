import { setTimeout as sleep } from 'node:timers/promises'
import { connect, RAW_TYPES } from '../lib/materialize/connect.ts'
import { demoRelations } from '../lib/materialize/sql/demo.ts'
import { type Bench, median, quantile } from './support/figure.ts'
import { cpuMicros, settledBytes } from './support/process.ts'
import { COLLECTABLE, startEngine } from './support/servers.ts'

const SENSORS = 10_000
/** Each sensor measures once a second; their readings are stored in so many commits, evenly over it. */
const COMMITS_PER_SECOND = 10
const COMMIT_EVERY_MS = 1_000 / COMMITS_PER_SECOND
const PER_COMMIT = SENSORS / COMMITS_PER_SECOND
/** What the table keeps, so that its size is steady while it is measured. */
const KEPT_MS = 10_000
const VIEWS = ['sensors_view_1s', 'sensors_latest'] as const
const RELATIONS = ['sensors', 'sensors_data', ...VIEWS]

/**
 * The tutorial's own load: 10,000 sensors, one reading a second each at a millisecond of its own, through the view of
 * the last seconds and that of the latest readings, each followed by a cursor. A delay is counted from when the
 * commit was due, so that a commit that had to wait counts as well.
 */
export const engineSensors: Bench = async ({ isFull }) => {
  // The history of a relation is full after a million changes: 50 s. Memory is measured only then.
  const warmUpMs = isFull ? 75_000 : 12_000
  const measuredMs = isFull ? 60_000 : 20_000
  const engine = await startEngine(COLLECTABLE)
  const writer = await connect(engine.databaseUrl, { applicationName: 'bench-writer' })
  const delays = new Delays()
  const readers: Reader[] = []
  try {
    for (const { name, create } of demoRelations('TAIL'))
      if (RELATIONS.includes(name)) await writer.query(create)
    for (const view of VIEWS) readers.push(await Reader.open(engine.databaseUrl, view, delays))
    const load = startLoad((sql) => writer.query(sql))
    await sleep(warmUpMs)
    const memory = isFull ? await settledBytes(engine.pid) : undefined
    const [cpu, from] = [cpuMicros(engine.pid), Date.now()]
    await sleep(measuredMs)
    const [usedCpu, until] = [cpuMicros(engine.pid) - cpu, Date.now()]
    const memoryAfter = isFull ? await settledBytes(engine.pid) : undefined
    await load.stop()
    const third = (until - from) / 3
    return [
      ...VIEWS.map((view) => {
        const early = delays.of(view, from, from + third)
        const late = delays.of(view, until - third, until)
        return {
          measure: `commit to FETCH, p50 of the last third of ${measuredMs / 1_000} s, ${SENSORS} sensors, ${view}`,
          ours: median(late),
          baseline: median(early),
          unit: 'ms',
          against: 'the first third',
          bar: 1.5,
          note: `p99 ${quantile(late, 0.99).toFixed(0)} ms, ${late.length} of ${(third / COMMIT_EVERY_MS).toFixed(0)} commits`,
        }
      }),
      {
        measure: `engine CPU, ${SENSORS} sensors`,
        ours: usedCpu / 1_000 / (until - from),
        baseline: 1,
        unit: 'cores',
        against: 'one core',
        bar: 1,
      },
      ...(memory !== undefined && memoryAfter !== undefined
        ? [
            {
              measure: `engine memory after ${measuredMs / 1_000} s more, ${SENSORS} sensors`,
              ours: memoryAfter / 2 ** 20,
              baseline: memory / 2 ** 20,
              unit: 'MiB',
              against: 'before them',
              bar: 1.1,
            },
          ]
        : []),
    ]
  } finally {
    await Promise.allSettled([...readers.map((reader) => reader.stop()), writer.end()])
    await engine.stop()
  }
}

/** When each commit arrived whole at the reader of a view. A commit is known by the time at which it was due. */
class Delays {
  readonly #arrivals = new Map<string, Map<number, number>>()

  note(view: string, dueMs: number): void {
    const arrivals = this.#arrivals.get(view) ?? new Map<number, number>()
    this.#arrivals.set(view, arrivals)
    arrivals.set(dueMs, Date.now())
  }

  /** Of the commits that were due in a span of time, milliseconds. */
  of(view: string, fromMs: number, untilMs: number): number[] {
    return [...(this.#arrivals.get(view) ?? [])].flatMap(([dueMs, atMs]) =>
      dueMs >= fromMs && dueMs < untilMs ? [atMs - dueMs] : [],
    )
  }
}

/** Commits readings at a steady pace, those that are late at once; old ones are deleted every second. */
function startLoad(run: (sql: string) => Promise<unknown>): { stop(): Promise<void> } {
  let isOver = false
  const started = Math.ceil(Date.now() / COMMIT_EVERY_MS) * COMMIT_EVERY_MS
  const writing = (async () => {
    for (let commit = 0; !isOver; commit++) {
      const dueMs = started + commit * COMMIT_EVERY_MS
      await sleep(Math.max(0, dueMs - Date.now()))
      const part = commit % COMMITS_PER_SECOND
      await run(insertReadings(dueMs, part))
      if (part === 0) await run(`DELETE FROM sensors WHERE "timestamp" < ${(dueMs - KEPT_MS) / 1_000}`)
    }
  })()
  return {
    stop: async () => {
      isOver = true
      await writing
    },
  }
}

/** The readings of one commit: those of the milliseconds before it. The commit is written into `pm10`. */
function insertReadings(dueMs: number, part: number): string {
  const rows = Array.from({ length: PER_COMMIT }, (_, index) => {
    const atMs = dueMs - (index % COMMIT_EVERY_MS)
    const noise = ((atMs * 7919 + index * 104_729) % 1_000) / 10
    return `(${part * PER_COMMIT + index}, ${noise}, ${dueMs}, ${48 + index / 1e4}, ${9 + index / 1e4}, ${atMs / 1_000})`
  })
  return `INSERT INTO sensors (id, pm25, pm10, geo_lat, geo_lon, "timestamp") VALUES ${rows.join(', ')}`
}

/** A client with an open cursor. */
class Reader {
  readonly #client: Awaited<ReturnType<typeof connect>>
  readonly #fetching: Promise<void>

  private constructor(client: Awaited<ReturnType<typeof connect>>, view: string, delays: Delays) {
    this.#client = client
    this.#fetching = this.#fetch(view, delays).catch(() => {})
  }

  static async open(url: string, view: string, delays: Delays): Promise<Reader> {
    const client = await connect(url, { applicationName: 'bench-reader' })
    await client.query('BEGIN')
    await client.query(`DECLARE c CURSOR FOR TAIL ${view} WITH (PROGRESS)`)
    return new Reader(client, view, delays)
  }

  async #fetch(view: string, delays: Delays): Promise<void> {
    for (;;) {
      const { rows } = await this.#client.query<string[]>({
        text: 'FETCH 1000 c',
        rowMode: 'array',
        types: RAW_TYPES,
      })
      // mz_timestamp, mz_progressed, mz_diff, id, pm25, pm10, ...: the last row of a commit counts.
      for (const row of rows) if (Number(row[2]) > 0) delays.note(view, Number(row[5]))
    }
  }

  async stop(): Promise<void> {
    await this.#client.end()
    await this.#fetching
  }
}
