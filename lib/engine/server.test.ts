import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { Client, type ClientBase } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { startServer } from './server.ts'
import { int32, message, text } from './wire/bytes.ts'

let engine: Awaited<ReturnType<typeof startServer>>
const clients: Client[] = []
const sockets: Socket[] = []

beforeAll(async () => {
  engine = await startServer({ port: 0, version: 'v0.26' })
}, 30_000)
afterAll(() => engine.close())

beforeEach(async () => {
  const admin = await open()
  await admin.query('DROP SCHEMA materialize.public CASCADE')
  await admin.query('CREATE SCHEMA materialize.public')
  await admin.query('CREATE TABLE t (a int, b text)')
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await Promise.all(clients.splice(0).map((client) => client.end().catch(() => {})))
})

async function open(): Promise<Client> {
  const client = new Client({
    host: '127.0.0.1',
    port: engine.port,
    user: 'materialize',
    database: 'materialize',
  })
  client.on('error', () => {})
  await client.connect()
  clients.push(client)
  return client
}

async function openSocket(): Promise<Socket> {
  const socket = connect(engine.port, '127.0.0.1')
  socket.on('error', () => {})
  sockets.push(socket)
  await once(socket, 'connect')
  return socket
}

function startUp(): Buffer {
  const body = Buffer.concat([int32(196608), ...['user', 'materialize'].map(text), Buffer.from([0])])
  return Buffer.concat([int32(body.length + 4), body])
}

async function openCursor(client: ClientBase, statement: string): Promise<void> {
  await client.query('BEGIN')
  await client.query(`DECLARE c CURSOR FOR ${statement}`)
}

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: { code: string }) => error.code,
  )

test('answers an SSLRequest with N, then starts up in plain text', async () => {
  const socket = await openSocket()
  socket.write(Buffer.concat([int32(8), int32(80877103)]))
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toBe('N')
  socket.write(startUp())
  const [greeting] = await once(socket, 'data')
  expect(String.fromCharCode(greeting[0])).toBe('R')
})

test('answers the version that it plays', async () => {
  const client = await open()
  const { rows } = await client.query('SELECT mz_version()')
  expect(rows[0].mz_version).toMatch(/^v0\.26\.0 \(\w{9}\)$/)
})

test('takes parameters, text and binary, null and not', async () => {
  const client = await open()
  await client.query('INSERT INTO t VALUES ($1, $2), ($3, $4)', [1, "it's", null, null])
  const { rows } = await client.query('SELECT a, b FROM t WHERE a = $1 OR $2::text IS NULL ORDER BY a', [
    1,
    null,
  ])
  expect(rows).toEqual([
    { a: 1, b: "it's" },
    { a: null, b: null },
  ])
  const binary = await client.query<{ n: string }>(
    Object.assign({ text: 'SELECT $1::int8 AS n', values: ['5'] }, { binary: true }),
  )
  expect(binary.rows).toEqual([{ n: '5' }])
})

test('keeps the prepared statements of several clients apart', async () => {
  const [one, two] = [await open(), await open()]
  const ask = (client: Client, sql: string) => client.query({ name: 'same', text: sql, values: ['x'] })
  for (let turn = 0; turn < 2; turn++) {
    const answers = await Promise.all([
      ask(one, 'SELECT $1::text AS x, 1 AS who'),
      ask(two, 'SELECT $1::text AS x, 2 AS who'),
    ])
    expect(answers.map(({ rows }) => rows[0].who)).toEqual([1, 2])
  }
})

test('a waiting FETCH blocks nobody, and gets what the others write', async () => {
  const [reader, writer] = [await open(), await open()]
  await openCursor(reader, 'TAIL t')
  const waiting = reader.query('FETCH 10 c')
  await writer.query("INSERT INTO t VALUES (1, 'x')")
  const { rows } = await waiting
  expect(rows).toEqual([{ mz_timestamp: expect.stringMatching(/^\d{13}$/), mz_diff: '1', a: 1, b: 'x' }])
})

test('a FETCH ends at its timeout, with what it has', async () => {
  const client = await open()
  await client.query("INSERT INTO t VALUES (1, 'x'), (1, 'x')")
  await openCursor(client, 'TAIL t')
  const { rows } = await client.query("FETCH ALL c WITH (timeout = '300ms')")
  expect(rows.map(({ mz_diff }) => mz_diff)).toEqual(['2'])
  const empty = await client.query("FETCH ALL c WITH (timeout = '0s')")
  expect(empty.rows).toEqual([])
})

test('keeps the surplus of a FETCH for the next one', async () => {
  const client = await open()
  await client.query("INSERT INTO t VALUES (1, 'x'), (2, 'y'), (3, 'z')")
  await openCursor(client, 'TAIL t')
  const sizes = [await client.query('FETCH 2 c'), await client.query('FETCH ALL c')].map(
    ({ rowCount }) => rowCount,
  )
  expect(sizes).toEqual([2, 1])
})

test('a cancel request ends a waiting FETCH, but only with its secret', async () => {
  const client = await open()
  await openCursor(client, 'TAIL t')
  const waiting = failure(client.query('FETCH ALL c'))
  const { processID, secretKey } = client as unknown as { processID: number; secretKey: number }
  const cancel = async (secret: number) => {
    const socket = await openSocket()
    socket.write(Buffer.concat([int32(16), int32(80877102), int32(processID), int32(secret)]))
    await once(socket.resume(), 'close')
  }
  await cancel(secretKey ^ 1)
  expect(await Promise.race([waiting, cancel(secretKey ^ 2).then(() => 'still waiting')])).toBe(
    'still waiting',
  )
  await cancel(secretKey)
  expect(await waiting).toBe('57014')
  expect(await failure(client.query('SELECT 1'))).toBe('25P02')
})

test('a cancel request that comes while a SELECT runs is heard when it is over, in place of its rows', async () => {
  const [client, socket] = [await open(), await openSocket()]
  const { processID, secretKey } = client as unknown as { processID: number; secretKey: number }
  const long = failure(client.query('SELECT count(*) FROM generate_series(1, 300000)'))
  socket.write(Buffer.concat([int32(16), int32(80877102), int32(processID), int32(secretKey)]))
  expect(await long).toBe('57014')
  expect((await client.query('SELECT 1 AS x')).rows).toEqual([{ x: 1 }])
})

test('a client that vanishes in a FETCH leaves no subscription behind', async () => {
  const subscribe = vi.spyOn(engine.database, 'subscribe')
  const client = await open()
  await openCursor(client, 'TAIL t')
  await client.query('FETCH 0 c')
  const close = vi.spyOn(await subscribe.mock.results[0]?.value, 'close')
  const waiting = failure(client.query('FETCH ALL c'))
  ;(client as unknown as { connection: { stream: Socket } }).connection.stream.destroy()
  await waiting
  await vi.waitFor(() => expect(close).toHaveBeenCalled())
  subscribe.mockRestore()
})

test('writes no more than a slow reader takes', async () => {
  const writer = await open()
  await writer.query("INSERT INTO t SELECT generate_series, repeat('x', 10000) FROM generate_series(1, 2500)")
  const subscribe = vi.spyOn(engine.database, 'subscribe')
  const socket = await openSocket()
  socket.write(Buffer.concat([startUp(), message('Q', text('TAIL t'))]))
  await once(socket, 'data')
  socket.pause()
  const subscription = await vi.waitFor(async () => {
    const [result] = subscribe.mock.results
    if (!result) throw new Error('not subscribed yet')
    return result.value as ReturnType<typeof engine.database.subscribe>
  })
  subscribe.mockRestore()
  // The rest of 25 MB waits where it was made: in the subscription, not in the socket.
  const before = subscription.size
  await writer.query('SELECT 1')
  expect(subscription.size).toBeGreaterThan(before / 2)
  let bytes = 0
  socket.on('data', (chunk) => {
    bytes += chunk.length
  })
  socket.resume()
  await vi.waitFor(() => expect(bytes).toBeGreaterThan(24_000_000), { timeout: 10_000 })
}, 20_000)

test('refuses garbage without hurting others', async () => {
  const other = await open()
  for (const bytes of [
    'ffffffffffffffff',
    '00000004',
    '47455420',
    `${startUp().toString('hex')}99000000ff`,
  ]) {
    const socket = await openSocket()
    socket.write(Buffer.from(bytes, 'hex'))
    // The shortest might be the beginning of a message: the server waits for the rest.
    if (bytes.length > 8) await once(socket.resume(), 'close')
  }
  expect((await other.query('SELECT 1 AS x')).rows).toEqual([{ x: 1 }])
})

test('takes a query that arrives in many pieces', async () => {
  const socket = await openSocket()
  const query = message('Q', text(`SELECT length('${'x'.repeat(100_000)}')`))
  const bytes = Buffer.concat([startUp(), query])
  for (let at = 0; at < bytes.length; at += 1013) socket.write(bytes.subarray(at, at + 1013))
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1')
  })
  await vi.waitFor(() => expect(answer).toContain('100000'))
})

test('buffers the writes of a transaction until COMMIT, and forgets them at ROLLBACK', async () => {
  const [writer, reader] = [await open(), await open()]
  const count = async () => (await reader.query('SELECT count(*) AS n FROM t')).rows[0].n
  await writer.query('BEGIN')
  await writer.query("INSERT INTO t VALUES (1, 'x')")
  await writer.query('INSERT INTO t VALUES ($1, $2)', [2, 'y'])
  expect(await count()).toBe('0')
  await writer.query('COMMIT')
  expect(await count()).toBe('2')
  await writer.query('BEGIN')
  await writer.query("INSERT INTO t VALUES (3, 'z')")
  await writer.query('ROLLBACK')
  expect(await count()).toBe('2')
})

test('commits the statements of one query string together, or none', async () => {
  const client = await open()
  await client.query("INSERT INTO t VALUES (1, 'x'); INSERT INTO t VALUES (2, 'y')")
  expect(await failure(client.query("INSERT INTO t VALUES (3, 'z'); INSERT INTO nosuch VALUES (1)"))).toBe(
    'XX000',
  )
  expect((await client.query('SELECT count(*) AS n FROM t')).rows).toEqual([{ n: '2' }])
})

test.each([
  [
    'DROP SCHEMA mz_catalog CASCADE',
    'cannot drop schema mz_catalog because it is required by the database system',
  ],
  ['DELETE FROM mz_engine.state', "cannot mutate system table 'mz_engine.state'"],
  [
    'DROP VIEW mz_objects',
    'cannot drop item mz_catalog.mz_objects because it is required by the database system',
  ],
  ['CREATE TABLE mz_catalog.x (a int)', "system schema '1.x' cannot be modified"],
  [
    "SELECT set_config('search_path', '', false)",
    'function set_config(unknown, unknown, boolean) does not exist',
  ],
  ['INSERT INTO v VALUES (1)', "cannot insert into view 'materialize.public.v'"],
  ['UPDATE v SET a = 1', "cannot mutate view 'materialize.public.v'"],
])('refuses %s', async (sql, message) => {
  const client = await open()
  await client.query('CREATE VIEW v AS SELECT a FROM t')
  await expect(client.query(sql)).rejects.toThrow(message)
  expect((await client.query('SELECT mz_version() IS NOT NULL AS fine')).rows).toEqual([{ fine: true }])
})

test('copies rows in and out', async () => {
  const socket = await openSocket()
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1')
  })
  const data = message('d', Buffer.from('1\tx\n2\t\\N\n'))
  socket.write(Buffer.concat([startUp(), message('Q', text('COPY t FROM STDIN')), data, message('c')]))
  await vi.waitFor(() => expect(answer).toContain('COPY 2'))
  socket.write(message('Q', text('COPY (TAIL t) TO STDOUT')))
  await vi.waitFor(() => expect(answer).toMatch(/\d{13}\t1\t1\tx\n[\s\S]*\d{13}\t1\t2\t\\N\n/))
})

/** Collects what a server says. */
function listen(socket: Socket): { text: string } {
  const heard = { text: '' }
  socket.on('data', (chunk) => {
    heard.text += chunk.toString('latin1')
  })
  return heard
}

/** So many rows as a COPY sends them, in messages that end anywhere. */
function copyRows(count: number): Buffer[] {
  const data = Buffer.from(
    Array.from({ length: count }, (_, n) => `${n}\trow ${n}, ${'x'.repeat(30)}\n`).join(''),
  )
  return Array.from({ length: Math.ceil(data.length / 7919) }, (_, index) =>
    message('d', data.subarray(index * 7919, (index + 1) * 7919)),
  )
}

test('a large COPY waits in the database, in the way of nobody, and is one commit', async () => {
  const [client, socket] = [await open(), await openSocket()]
  const [heard, stages] = [listen(socket), vi.spyOn(engine.database, 'stageCopy')]
  socket.write(Buffer.concat([startUp(), message('Q', text('COPY t (b, a) FROM STDIN CSV HEADER'))]))
  const row = Buffer.from(`"a ""quoted""\nname",7\n`)
  const [head, rows] = [Buffer.from('b,a\n'), Buffer.alloc(row.length * 120_000, row)]
  socket.write(message('d', Buffer.concat([head, rows.subarray(0, 1_500_001)])))
  await vi.waitFor(() => expect(stages.mock.results[0]?.value.size).toBeGreaterThan(0))
  await vi.waitFor(() => expect(stages.mock.results[0]?.value.size).toBeLessThan(1_000_000))
  stages.mockRestore()
  expect((await client.query('SELECT count(*) AS n FROM t')).rows).toEqual([{ n: '0' }])
  await openCursor(client, 'TAIL t WITH (SNAPSHOT = false)')
  await client.query('FETCH 0 c')
  socket.write(Buffer.concat([message('d', rows.subarray(1_500_001)), message('c')]))
  await vi.waitFor(() => expect(heard.text).toContain('COPY 120000'), { timeout: 10_000 })
  const { rows: changes } = await client.query('FETCH ALL c')
  expect(changes).toMatchObject([{ mz_diff: '120000', a: 7, b: 'a "quoted"\nname' }])
}, 30_000)

test.each([
  ['is cancelled by its client', message('f', text('enough')), 'COPY from stdin failed: enough'],
  [
    'has a bad row',
    Buffer.concat([message('d', Buffer.from('x\ty\n')), message('c')]),
    'invalid input syntax',
  ],
])(
  'a large COPY that %s leaves nothing behind',
  async (_, end, error) => {
    const [client, socket] = [await open(), await openSocket()]
    const heard = listen(socket)
    socket.write(
      Buffer.concat([startUp(), message('Q', text('COPY t FROM STDIN')), ...copyRows(40_000), end]),
    )
    await vi.waitFor(() => expect(heard.text).toContain(error), { timeout: 10_000 })
    socket.write(message('Q', text("SELECT 'still here'")))
    await vi.waitFor(() => expect(heard.text).toContain('still here'))
    expect((await client.query('SELECT count(*) AS n FROM t')).rows).toEqual([{ n: '0' }])
    expect((await client.query("SELECT relname FROM pg_class WHERE relname LIKE 'mz:copy:%'")).rows).toEqual(
      [],
    )
  },
  20_000,
)

test('a client that vanishes within a large COPY leaves nothing behind', async () => {
  const [client, socket] = [await open(), await openSocket()]
  socket.write(Buffer.concat([startUp(), message('Q', text('COPY t FROM STDIN')), ...copyRows(40_000)]))
  const tables = async () =>
    (await client.query("SELECT relname FROM pg_class WHERE relname LIKE 'mz:copy:%'")).rows.length
  await vi.waitFor(async () => expect(await tables()).toBe(1), { timeout: 10_000 })
  socket.destroy()
  await vi.waitFor(async () => expect(await tables()).toBe(0))
}, 20_000)

test('a cancel request ends a COPY that waits for rows', async () => {
  const socket = await openSocket()
  const heard = listen(socket)
  socket.write(startUp())
  await vi.waitFor(() => expect(heard.text).toContain('Z'))
  const key = Buffer.from(heard.text, 'latin1')
  const at = key.indexOf('K\0\0\0\x0c', 0, 'latin1') + 5
  socket.write(message('Q', text('COPY t FROM STDIN')))
  await vi.waitFor(() => expect(heard.text).toContain('G\0\0'))
  const other = await openSocket()
  other.write(Buffer.concat([int32(16), int32(80877102), key.subarray(at, at + 8)]))
  await vi.waitFor(() => expect(heard.text).toContain('57014'))
})

test('answers pipelined queries in order', async () => {
  const socket = await openSocket()
  const queries = ["'first'", "'second'", "'third'"].map((value) => message('Q', text(`SELECT ${value}`)))
  socket.write(Buffer.concat([startUp(), ...queries]))
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1')
  })
  await vi.waitFor(() => expect(answer).toMatch(/first[\s\S]*second[\s\S]*third/))
})

test('listens on no other address', async () => {
  const other = Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === 'IPv4' && !address.internal)
  if (!other) return
  const socket = connect(engine.port, other.address)
  await expect(once(socket, 'connect')).rejects.toThrow('ECONNREFUSED')
})
