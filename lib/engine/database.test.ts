import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Values } from './change.ts'
import { Database, type RunOptions } from './database.ts'
import { AsOfRefused, StatementError } from './errors.ts'
import { readDataRow, readMessages, readTag } from './frames.ts'
import type { Message, Subscription } from './subscription.ts'
import { parseVersion } from './version.ts'

const MAX = 18446744073709551615n

/** One database for a file of tests, emptied between them, with a clock that only the test moves. */
class Bench {
  readonly era: string
  clock = 1_000_000
  #database: Database | undefined

  constructor(era: string) {
    this.era = era
  }

  get database(): Database {
    if (!this.#database) throw new Error('not open')
    return this.#database
  }

  async open(): Promise<void> {
    const version = parseVersion(this.era)
    if (!version) throw new TypeError(this.era)
    this.#database = await Database.open({ version, now: () => this.clock, tickMs: 0 })
  }

  async clear(): Promise<void> {
    await this.run('DROP SCHEMA public CASCADE')
    await this.run('CREATE SCHEMA public')
    this.clock += 1000
  }

  async tick(ms: number): Promise<void> {
    this.clock += ms
    await this.database.tick()
  }

  /** Rows of each statement, or its tag where it has none. */
  async run(sql: string, options: RunOptions = {}): Promise<Values[] | string> {
    const [bytes] = await this.database.run([{ sql }], options)
    const rows: Values[] = []
    let tag = ''
    for (const { type, body } of readMessages(bytes ?? new Uint8Array())) {
      if (type === 'D') rows.push(readDataRow(body))
      if (type === 'C') tag = readTag(body)
    }
    return tag.startsWith('SELECT') ? rows : tag
  }

  async follow(relation: string, options: { asOf?: bigint; snapshot?: boolean } = {}): Promise<Subscription> {
    const plan = await this.database.plan({ relation: relation.split('.') })
    return this.database.subscribe(plan, { snapshot: true, ...options })
  }

  async query(query: string, options: { asOf?: bigint } = {}): Promise<Subscription> {
    return this.database.subscribe(await this.database.plan({ query }), { snapshot: true, ...options })
  }
}

/** `+12 t` for progress 12 ms after `origin`, `+12 1 a,b` for a row. */
const shown = (messages: readonly Message[], origin: number): string[] =>
  messages.map((message) => {
    const time = message.timestamp === MAX ? 'end' : `+${message.timestamp - BigInt(origin)}`
    return message.progress
      ? `${time} t`
      : `${time} ${message.diff} ${message.values.map((value) => value ?? 'NULL')}`
  })

const refusal = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'accepted',
    (error: unknown) =>
      error instanceof StatementError ? `${error.fields.code} ${error.message}` : String(error),
  )

const setUp = (era: string): Bench => {
  const bench = new Bench(era)
  beforeAll(() => bench.open(), 60_000)
  afterAll(() => bench.database.close())
  beforeEach(() => bench.clear())
  return bench
}

describe('in the TAIL era', () => {
  const bench = setUp('v0.26')

  test('a subscription begins with its snapshot, and each commit is closed at once', async () => {
    await bench.run('CREATE TABLE t (a int, b text)')
    await bench.run(`INSERT INTO t VALUES (1, 'x'), (1, 'x'), (2, NULL)`)
    bench.clock += 100
    const origin = bench.clock
    const subscription = await bench.follow('t')
    expect(shown(subscription.take(), origin).sort()).toEqual(['+0 1 2,NULL', '+0 2 1,x', '+1 t'])
    await bench.run(`UPDATE t SET b = 'z' WHERE a = 1`)
    expect(shown(subscription.take(), origin)).toEqual(['+1 -2 1,x', '+1 2 1,z', '+2 t'])
    await bench.tick(1000)
    expect(shown(subscription.take(), origin)).toEqual(['+1001 t'])
    expect(shown((await bench.follow('t', { snapshot: false })).take(), origin)).toEqual(['+1001 t'])
  })

  test('a row lives from its lower to its upper bound, whole milliseconds, and leaves at exactly that time', async () => {
    await bench.run('CREATE TABLE e (id int, lo numeric, hi numeric)')
    await bench.run(`CREATE MATERIALIZED VIEW v AS SELECT id FROM e
      WHERE mz_logical_timestamp() >= lo AND mz_logical_timestamp() < hi`)
    const subscription = await bench.follow('v')
    subscription.take()
    const origin = bench.clock
    const at = (ms: number) => origin + ms
    await bench.run(`INSERT INTO e VALUES (1, 0, ${at(50)}.9), (2, ${at(20)}.5, ${at(30)}), (3, 0, ${at(0)}),
      (4, NULL, ${at(90)}), (5, ${at(60)}, 99999999999999999999), (6, 99999999999999999999, NULL), (7, 0, -5)`)
    await bench.run('DELETE FROM e WHERE id = 5')
    subscription.take()
    await bench.tick(100)
    expect(shown(subscription.take(), origin)).toEqual(['+20 1 2', '+30 -1 2', '+50 -1 1', '+101 t'])
    expect(await bench.run('SELECT * FROM v')).toEqual([])
  })

  test('a row that cannot be evaluated is missing, and the writer does not notice', async () => {
    await bench.run('CREATE TABLE t (a int)')
    await bench.run('CREATE MATERIALIZED VIEW v AS SELECT 10 / a AS q FROM t')
    await bench.run('CREATE MATERIALIZED VIEW g AS SELECT a, 10 / sum(a) AS q FROM t GROUP BY a')
    const [linear, grouped] = [await bench.follow('v'), await bench.follow('g')]
    linear.take()
    grouped.take()
    expect(await bench.run('INSERT INTO t VALUES (1), (0), (5)')).toBe('INSERT 0 3')
    const values = (messages: readonly Message[]) =>
      messages.flatMap((message) => (message.progress ? [] : [message.values])).sort()
    expect(values(linear.take())).toEqual([['10'], ['2']])
    expect(values(grouped.take())).toEqual([
      ['1', '10'],
      ['5', '2'],
    ])
    expect(values((await bench.follow('v')).take())).toEqual([['10'], ['2']])
    expect(await refusal(bench.run('SELECT * FROM v'))).toContain('division by zero')
    await bench.run('UPDATE t SET a = 2 WHERE a = 0')
    expect(values(linear.take())).toEqual([['5']])
    expect(values(grouped.take())).toEqual([['2', '5']])
  })

  test('what is made of rows some of which cannot be evaluated is made of the others', async () => {
    await bench.run('CREATE TABLE t (a int)')
    await bench.run('INSERT INTO t VALUES (1), (0)')
    await bench.run('CREATE MATERIALIZED VIEW v AS SELECT a, 10 / a AS d FROM t')
    await bench.run('CREATE MATERIALIZED VIEW s AS SELECT sum(d) AS s, count(*) AS n FROM v')
    await bench.run('CREATE MATERIALIZED VIEW first AS SELECT d FROM v ORDER BY a DESC LIMIT 1')
    const rows = (subscription: Subscription) =>
      subscription
        .take()
        .flatMap((message) => (message.progress ? [] : [`${message.diff} ${message.values}`]))
        .sort()
    const [sum, first] = [await bench.follow('s'), await bench.follow('first')]
    expect([rows(sum), rows(first)]).toEqual([['1 10,1'], ['1 10']])
    await bench.run('INSERT INTO t VALUES (2), (0)')
    expect([rows(sum), rows(first)]).toEqual([
      ['-1 10,1', '1 15,2'],
      ['-1 10', '1 5'],
    ])
    await bench.run('DELETE FROM t WHERE a < 2')
    expect([rows(sum), rows(first)]).toEqual([['-1 15,2', '1 5,1'], []])
    expect(await bench.run('SELECT * FROM s')).toEqual([['5', '1']])
  })

  test('an infinite bound is an error of its row, and the wall clock one of every row', async () => {
    await bench.run('CREATE TABLE e (at float8)')
    await bench.run(
      `CREATE MATERIALIZED VIEW v AS SELECT at FROM e WHERE mz_logical_timestamp() < at::numeric`,
    )
    await bench.run(
      'CREATE MATERIALIZED VIEW w AS SELECT at FROM e WHERE now() > to_timestamp(at) AND at < 2',
    )
    const [bounded, wall] = [await bench.follow('v'), await bench.follow('w')]
    const rows = (subscription: Subscription) =>
      subscription.take().flatMap((message) => (message.progress ? [] : [message.values]))
    rows(bounded)
    await bench.run(`INSERT INTO e VALUES ('NaN'), ('Infinity'), ('-Infinity'), (1)`)
    expect(rows(bounded)).toEqual([['NaN']])
    expect(rows(await bench.follow('v'))).toEqual([['NaN']])
    expect(await refusal(bench.run('SELECT * FROM v'))).toContain(
      'casting double precision to numeric is only defined for finite arguments',
    )
    expect(rows(wall)).toEqual([])
    expect(rows(await bench.follow('w'))).toEqual([])
    expect(await refusal(bench.run('SELECT * FROM w'))).toContain(
      'unmaterializable function: CurrentTimestamp',
    )
    await bench.run(`DELETE FROM e WHERE at <> 'NaN'`)
    expect(await bench.run('SELECT * FROM v')).toEqual([['NaN']])
    expect(await bench.run('SELECT * FROM w')).toEqual([])
  })

  test('a row that cannot be evaluated meets no partner in a join, and does once it is mended', async () => {
    await bench.run('CREATE TABLE t (a int, b int)')
    await bench.run('CREATE TABLE u (a int, b int)')
    await bench.run('CREATE VIEW q AS SELECT a, 10 / b AS q FROM t')
    const views = {
      inner: 'SELECT q.a, u.b FROM q JOIN u ON q.a = u.a',
      outer: 'SELECT q.a, u.b FROM q RIGHT JOIN u ON q.a = u.a',
      pairs: 'SELECT t.a, 10 / (t.b - u.b) AS b FROM t, u',
    }
    const readers: Subscription[] = []
    for (const [name, sql] of Object.entries(views)) {
      await bench.run(`CREATE MATERIALIZED VIEW ${name}_joined AS ${sql}`)
      readers.push(await bench.follow(`${name}_joined`))
    }
    const news = () =>
      readers.map((reader) =>
        reader
          .take()
          .flatMap((message) =>
            message.progress ? [] : [`${message.diff} ${message.values.map((value) => value ?? 'NULL')}`],
          )
          .sort(),
      )
    news()
    await bench.run('INSERT INTO t VALUES (1, 1), (1, 0), (2, 0)')
    await bench.run('INSERT INTO u VALUES (1, 1), (2, 6)')
    expect(news()).toEqual([
      ['1 1,1'],
      ['1 1,1', '1 NULL,6'],
      ['1 1,-10', '1 1,-1', '1 1,-2', '1 2,-1', '1 2,-10'].sort(),
    ])
    await bench.run('DELETE FROM u WHERE a = 1')
    await bench.run('UPDATE t SET b = 5 WHERE b = 0')
    expect(news()).toEqual([
      ['-1 1,1', '1 2,6'],
      ['-1 1,1', '-1 NULL,6', '1 2,6'],
      ['-1 1,-1', '-1 1,-10', '-1 2,-1', '-1 2,-10', '1 1,-10', '1 2,-10'].sort(),
    ])
  })

  test('a view that is dropped goes on for those who follow it', async () => {
    await bench.run('CREATE TABLE t (a int)')
    await bench.run('CREATE VIEW v AS SELECT a + 1 AS b FROM t')
    const subscription = await bench.follow('v')
    subscription.take()
    await bench.run('DROP VIEW v')
    await bench.run('INSERT INTO t VALUES (1)')
    expect(subscription.take()).toMatchObject([{ values: ['2'] }, { progress: true }])
    await bench.run('DROP TABLE t')
    await bench.tick(1000)
    expect(subscription.take()).toMatchObject([{ progress: true }])
    expect(subscription.error).toBeUndefined()
    subscription.close()
  })

  test('an as-of ahead has progress below it, then the snapshot of exactly that time', async () => {
    await bench.run('CREATE TABLE t (a int)')
    const origin = bench.clock
    const subscription = await bench.follow('t', { asOf: BigInt(origin + 500) })
    await bench.run('INSERT INTO t VALUES (1)')
    await bench.tick(300)
    expect(shown(subscription.take(), origin).at(-1)).toBe('+301 t')
    bench.clock += 700
    await bench.run('INSERT INTO t VALUES (2)')
    expect(shown(subscription.take(), origin)).toEqual(['+500 1 1', '+1000 1 2', '+1001 t'])
  })

  test('constants are stamped with the end of time, and the stream ends', async () => {
    await bench.run('CREATE VIEW one AS SELECT 1 AS x')
    const subscription = await bench.follow('one')
    expect(shown(subscription.take(), 0)).toEqual(['end 1 1'])
    expect(subscription.ended).toBe(true)
    expect(shown((await bench.follow('one', { asOf: 5n })).take(), 0)).toEqual(['+5 1 1'])
  })

  test('a query is followed like a view, and freed when closed', async () => {
    await bench.run('CREATE TABLE t (a int)')
    const subscription = await bench.query('SELECT a FROM t ORDER BY a LIMIT 2')
    await bench.run('INSERT INTO t VALUES (5), (7), (9)')
    subscription.take()
    await bench.run('INSERT INTO t VALUES (8)')
    expect(subscription.take()).toMatchObject([{ progress: true }].slice(1))
    await bench.run('INSERT INTO t VALUES (6)')
    expect(subscription.take()).toMatchObject([
      { diff: 1, values: ['6'] },
      { diff: -1, values: ['7'] },
      { progress: true },
    ])
    subscription.close()
    subscription.close()
    await bench.run('DROP TABLE t')
  })

  test('the past is readable as far as the history goes', async () => {
    await bench.run('CREATE TABLE t (a int)')
    const before = bench.database.now()
    bench.clock += 10
    await bench.run('INSERT INTO t VALUES (1), (1)')
    const after = bench.database.now()
    bench.clock += 10
    await bench.run('DELETE FROM t')
    expect(await bench.run('SELECT a FROM t', { asOf: after })).toEqual([['1'], ['1']])
    expect(await bench.run('SELECT a FROM t', { asOf: before })).toEqual([])
    expect(shown((await bench.follow('t', { asOf: after })).take(), Number(after))).toEqual([
      '+0 2 1',
      '+10 -2 1',
      '+11 t',
    ])
    await expect(bench.follow('t', { asOf: 5n })).rejects.toThrow(AsOfRefused)
    await expect(bench.run('SELECT a FROM t', { asOf: 5n })).rejects.toThrow(AsOfRefused)
    await bench.tick(6 * 60_000)
    await expect(bench.follow('t', { asOf: before })).rejects.toThrow(AsOfRefused)
  })

  test('a query has the past of what it reads, and so has a view that is younger', async () => {
    await bench.run('CREATE TABLE t (a int, at numeric)')
    const tooEarly = bench.database.now() - 1n
    bench.clock += 10
    const origin = bench.clock
    await bench.run(`INSERT INTO t VALUES (1, ${origin + 15}), (2, ${origin + 25}), (3, 0)`)
    bench.clock += 20
    await bench.run('DELETE FROM t WHERE a = 2')
    bench.clock += 10
    const query = 'SELECT a FROM t WHERE mz_logical_timestamp() < at'
    await bench.run(`CREATE VIEW v AS ${query}`)
    await bench.run('CREATE MATERIALIZED VIEW m AS SELECT a FROM t')
    bench.clock += 10
    const asOf = BigInt(origin + 5)
    const expected = ['+5 1 1', '+5 1 2', '+15 -1 1', '+20 -1 2', `+${bench.clock - origin + 1} t`]
    expect(shown((await bench.query(query, { asOf })).take(), origin)).toEqual(expected)
    expect(await bench.run('SELECT a FROM v', { asOf })).toEqual([['1'], ['2']])
    expect(shown((await bench.follow('v', { asOf })).take(), origin)).toEqual(expected)
    for (const refused of [
      bench.query(query, { asOf: tooEarly }),
      bench.follow('v', { asOf: tooEarly }),
      bench.follow('m', { asOf }),
      bench.query('SELECT a FROM m', { asOf }),
    ]) {
      await expect(refused).rejects.toThrow(AsOfRefused)
    }
  })

  test('UPDATE counts the net change', async () => {
    await bench.run('CREATE TABLE t (i int)')
    await bench.run('INSERT INTO t VALUES (1), (1), (2)')
    expect(await bench.run('UPDATE t SET i = i + 1')).toBe('UPDATE 2')
    expect(await bench.run('UPDATE t SET i = i')).toBe('UPDATE 0')
  })

  test('a dry run, or a statement that fails, leaves nothing behind', async () => {
    await bench.run('CREATE TABLE t (a int)')
    await bench.run('CREATE MATERIALIZED VIEW g AS SELECT a, count(*) AS n FROM t GROUP BY a')
    const subscription = await bench.follow('t')
    subscription.take()
    expect(await bench.run('INSERT INTO t VALUES (1)', { dryRun: true })).toBe('INSERT 0 1')
    await bench.run('CREATE MATERIALIZED VIEW m AS SELECT sum(n) AS s FROM g', { dryRun: true })
    expect(
      await refusal(
        bench.database.run([
          { sql: 'INSERT INTO t VALUES (1)' },
          { sql: 'INSERT INTO t VALUES (NULL / 0)' },
          { sql: `INSERT INTO t VALUES ('x')` },
        ]),
      ),
    ).toContain('invalid input')
    expect(subscription.size).toBe(0)
    await bench.run('CREATE MATERIALIZED VIEW m AS SELECT sum(n) AS s FROM g')
    await bench.run('INSERT INTO t VALUES (1), (2)')
    expect(await bench.run('SELECT * FROM m')).toEqual([['2']])
    expect((await bench.follow('m')).take()).toMatchObject([{ values: ['2'] }, { progress: true }])
  })

  test('what cannot be maintained is refused when it is to be maintained', async () => {
    await bench.run('CREATE TABLE t (a int, at numeric)')
    const query = 'SELECT a FROM t WHERE mz_logical_timestamp() < at OR a = 1'
    expect(await refusal(bench.run(`CREATE MATERIALIZED VIEW v AS ${query}`))).toContain(
      'Unsupported temporal predicate',
    )
    expect(await bench.run(`CREATE VIEW v AS ${query}`)).toBe('CREATE VIEW')
    expect(await refusal(bench.follow('v'))).toContain('Unsupported temporal predicate')
    expect(
      await refusal(bench.run('CREATE MATERIALIZED VIEW w AS SELECT mz_logical_timestamp() FROM t')),
    ).toBe('0A000 cannot materialize call to mz_logical_timestamp')
    expect(await refusal(bench.follow('nothing.here'))).toBe(`XX000 unknown schema 'nothing'`)
  })

  test('a dry run of DDL leaves everything as it was', async () => {
    await bench.run('CREATE TABLE t (a int)')
    await bench.run('DROP TABLE t', { dryRun: true })
    await bench.run('CREATE VIEW v AS SELECT a FROM t', { dryRun: true })
    expect(await refusal(bench.follow('v'))).toBe(`XX000 unknown catalog item 'v'`)
    const tail = await bench.follow('t')
    await bench.run('INSERT INTO t VALUES (1)')
    expect(tail.take().flatMap((message) => (message.progress ? [] : [message.values]))).toEqual([['1']])
    expect(await bench.run('CREATE VIEW v AS SELECT a FROM t')).toBe('CREATE VIEW')
  })

  test('a temporary object has a schema of its own', async () => {
    await bench.run('CREATE TEMP TABLE tt (a int)')
    await bench.run('INSERT INTO tt VALUES (1)')
    const tail = await bench.follow('tt')
    expect(tail.take().flatMap((message) => (message.progress ? [] : [message.values]))).toEqual([['1']])
    expect(await bench.run(`SELECT name FROM mz_tables WHERE id LIKE 'u%'`)).toEqual([['tt']])
    await bench.run('DROP TABLE tt')
  })

  test('the catalog can be followed', async () => {
    const tail = await bench.query(`SELECT name FROM mz_tables WHERE id LIKE 'u%'`)
    await bench.run('CREATE TABLE t (a int)')
    await bench.run('DROP TABLE t')
    const changes = tail
      .take()
      .flatMap((message) => (message.progress ? [] : [[message.diff, ...message.values]]))
    expect(changes).toEqual([
      [1, 't'],
      [-1, 't'],
    ])
  })

  test('objects get ids that never come back, and a materialized view an index', async () => {
    await bench.run("CREATE TABLE t (a int NOT NULL, b text DEFAULT 'd')")
    await bench.run('CREATE MATERIALIZED VIEW v AS SELECT b FROM t')
    const objects = (await bench.run(`SELECT name, type FROM mz_objects ORDER BY name`)) as Values[]
    expect(objects).toEqual([
      ['t', 'table'],
      ['v', 'view'],
      ['v_primary_idx', 'index'],
    ])
    expect(
      await bench.run(
        'SELECT name, position, nullable, type, "default", type_oid FROM mz_columns ORDER BY id, position',
      ),
    ).toEqual([
      ['a', '1', 'f', 'integer', 'NULL', '23'],
      ['b', '2', 't', 'text', `'d'`, '25'],
      ['b', '1', 't', 'text', null, '25'],
    ])
    const id = async () => ((await bench.run(`SELECT id FROM mz_views WHERE name = 'v'`)) as Values[])[0]?.[0]
    const first = await id()
    await bench.run('CREATE OR REPLACE VIEW v AS SELECT a FROM t')
    expect(await id()).not.toBe(first)
    expect(await refusal(bench.run('DROP MATERIALIZED VIEW v'))).toContain(
      'DROP MATERIALIZED VIEW is not allowed',
    )
  })

  test('text of any kind comes through unharmed', async () => {
    await bench.run('CREATE TABLE t (k int, s text)')
    await bench.run('CREATE MATERIALIZED VIEW v AS SELECT k, max(s) AS s FROM t GROUP BY k')
    await bench.run('CREATE MATERIALIZED VIEW w AS SELECT count(*) AS n, min(s) AS s FROM v')
    const odd = ['', ' ', ',', '(', '"', '\\', '\n', '\t', 'é', 'NULL', '\\N', '","', 'a\r\nb', '""\\"']
    const subscription = await bench.follow('v')
    subscription.take()
    const list = odd.map((text, index) => `(${index}, '${text}')`)
    await bench.run(`INSERT INTO t VALUES ${list}, (99, NULL)`)
    const rows = subscription.take().flatMap((message) => (message.progress ? [] : [message.values]))
    expect(new Map(rows.map(([k, s]) => [Number(k), s]))).toEqual(new Map([...odd.entries(), [99, null]]))
    expect(await bench.run('SELECT n FROM w')).toEqual([['15']])
  })
})

describe('in the SUBSCRIBE era', () => {
  const bench = setUp('v26.24')

  test('the as-of is said first, then the snapshot; every table closes with every write', async () => {
    await bench.run('CREATE TABLE t (a int)')
    await bench.run('CREATE TABLE u (a int)')
    await bench.run('INSERT INTO t VALUES (1)')
    bench.clock += 100
    const origin = bench.clock
    const subscription = await bench.follow('t')
    expect(shown(subscription.take(), origin)).toEqual(['+0 t', '+0 1 1', '+1 t'])
    expect(shown((await bench.follow('t', { snapshot: false })).take(), origin)).toEqual(['+0 t', '+1 t'])
    await bench.run('INSERT INTO u VALUES (1)')
    expect(shown(subscription.take(), origin)).toEqual(['+2 t'])
  })

  test('an as-of ahead is said at once, then nothing until it is reached', async () => {
    await bench.run('CREATE TABLE t (a int)')
    const origin = bench.clock
    const subscription = await bench.follow('t', { asOf: BigInt(origin + 500) })
    expect(shown(subscription.take(), origin)).toEqual(['+500 t'])
    await bench.run('INSERT INTO t VALUES (1)')
    await bench.tick(100)
    expect(subscription.size).toBe(0)
    await bench.tick(900)
    expect(shown(subscription.take(), origin)).toEqual(['+500 1 1', '+1001 t'])
  })

  test('a bound may be any type that is a time, and must be a whole one', async () => {
    await bench.run('CREATE TABLE e (id int, at timestamptz, n numeric)')
    await bench.run(`CREATE MATERIALIZED VIEW v AS SELECT id FROM e WHERE mz_now() < at + INTERVAL '50 ms'`)
    await bench.run('CREATE MATERIALIZED VIEW w AS SELECT id FROM e WHERE mz_now() <= n')
    const [byTime, byNumber] = [await bench.follow('v'), await bench.follow('w')]
    byTime.take()
    byNumber.take()
    const origin = bench.clock
    await bench.run(`INSERT INTO e VALUES (1, to_timestamp(${origin / 1000}), ${origin + 20})`)
    byTime.take()
    byNumber.take()
    await bench.tick(100)
    expect(shown(byTime.take(), origin)).toEqual(['+50 -1 1', '+101 t'])
    expect(shown(byNumber.take(), origin)).toEqual(['+21 -1 1', '+101 t'])
    await bench.run('INSERT INTO e VALUES (2, NULL, 1.5)')
    byNumber.take()
    expect(byNumber.error?.message).toBe('Evaluation error: "1.5" mz_timestamp out of range')
  })

  test('a bound that is compared with the later time works for any number of rows', async () => {
    await bench.run('CREATE TABLE e (at int8)')
    await bench.run('CREATE MATERIALIZED VIEW v AS SELECT at FROM e WHERE mz_now() > at')
    await bench.run('INSERT INTO e SELECT generate_series(1, 20)')
    const subscription = await bench.follow('v')
    expect(subscription.take().filter((message) => !message.progress)).toHaveLength(20)
    expect(subscription.error).toBeUndefined()
  })

  test('an error of evaluation ends the subscription, until the bad row is gone', async () => {
    await bench.run('CREATE TABLE t (a int)')
    await bench.run('CREATE MATERIALIZED VIEW v AS SELECT 10 / a AS q FROM t')
    await bench.run('CREATE VIEW over AS SELECT count(*) AS n FROM v')
    const subscription = await bench.follow('v')
    subscription.take()
    await bench.run('INSERT INTO t VALUES (1), (0)')
    subscription.take()
    expect(subscription.error?.message).toBe('Evaluation error: division by zero')
    const again = await bench.follow('over')
    again.take()
    expect(again.error?.message).toBe('Evaluation error: division by zero')
    await bench.run('DELETE FROM t WHERE a = 0')
    const healed = await bench.follow('v')
    expect(healed.take()).toMatchObject([{ progress: true }, { values: ['10'] }, { progress: true }])
    expect(healed.error).toBeUndefined()
    const total = await bench.follow('over')
    expect(total.take()).toMatchObject([{ progress: true }, { values: ['1'] }, { progress: true }])
  })

  test('a subscription ends when what it follows is dropped', async () => {
    await bench.run('CREATE TABLE t (a int)')
    await bench.run('CREATE MATERIALIZED VIEW v AS SELECT a FROM t')
    const subscription = await bench.follow('v')
    subscription.take()
    const waiting = subscription.ready()
    expect(await refusal(bench.run('DROP VIEW v'))).toBe('XX000 v is not a view')
    expect(await bench.run('DROP MATERIALIZED VIEW v')).toBe('DROP MATERIALIZED VIEW')
    await waiting
    subscription.take()
    expect(subscription.error?.message).toBe(
      'subscribe has been terminated because underlying relation "materialize.public.v" was dropped',
    )
  })

  test('constants: a view ends with time, a materialized view is stamped with the as-of', async () => {
    await bench.run('CREATE VIEW one AS SELECT 1 AS x')
    await bench.run('CREATE MATERIALIZED VIEW two AS SELECT 2 AS x')
    expect(shown((await bench.follow('one')).take(), 0)).toEqual(['end t', 'end 1 1'])
    const origin = Number(bench.database.now())
    const subscription = await bench.follow('two')
    expect(shown(subscription.take(), origin)).toEqual(['+0 t', '+0 1 2'])
    expect(subscription.ended).toBe(true)
  })

  test('columns show the type of the current time under its own number', async () => {
    const plan = await bench.database.plan({ query: 'SELECT mz_now() AS t, 1::int8 AS n' })
    expect(plan.columns).toMatchObject([
      { name: 't', typeOid: 16552 },
      { name: 'n', typeOid: 20 },
    ])
    expect(await bench.run('SELECT mz_now()')).toEqual([[String(bench.database.now())]])
    expect(await refusal(bench.run('SELECT mz_logical_timestamp()'))).toContain('does not exist')
  })

  test('waiting ends when asked to', async () => {
    await bench.run('CREATE TABLE t (a int)')
    const subscription = await bench.follow('t')
    subscription.take()
    const controller = new AbortController()
    const waiting = subscription.ready(controller.signal)
    controller.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
  })
})
