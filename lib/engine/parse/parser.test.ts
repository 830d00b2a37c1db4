import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StatementError } from '../errors.ts'
import { splitStatements } from './lexer.ts'
import { parse } from './parser.ts'

const pieces = (sql: string): string[] =>
  splitStatements(sql).map(({ start, end }) => sql.slice(start, end).trim())
const only = (sql: string, era: 'tail' | 'subscribe' = 'tail') => parse(sql, era)[0]?.command

function refusalOf(sql: string, era: 'tail' | 'subscribe' = 'tail'): [string, string, string | undefined] {
  try {
    const command = only(sql, era)
    if (command?.kind === 'refused') throw command.error
  } catch (error) {
    if (error instanceof StatementError) return [error.fields.code, error.message, error.fields.position]
    throw error
  }
  throw new Error('it was not refused')
}

test('cuts a query string at the semicolons that end statements', () => {
  expect(pieces('SELECT 1; ; SELECT 2;')).toEqual(['SELECT 1', 'SELECT 2'])
  expect(pieces(' ;;  ')).toEqual([])
  expect(
    pieces(`SELECT ';' || "a;b" || $$;$$ || $x$;$x$ || E'\\';' -- ;\n /* ; /* ; */ ; */ + 1; b`),
  ).toHaveLength(2)
  expect(pieces(`SELECT type'x;y', e'a\\'b;c'; SELECT 2`)).toHaveLength(2)
  expect(pieces('-- nothing')).toEqual([])
})

test('cuts between statements and nowhere else, whatever they are made of', () => {
  const token = fc.constantFrom(
    'a',
    'e',
    "';'",
    '";"',
    '$$;$$',
    "E'\\';'",
    '/* ; */',
    '-- ;\n',
    '1e5',
    '-',
    '/',
    'x_$1',
  )
  const statement = fc
    .array(token, { minLength: 1, maxLength: 8 })
    .map((tokens) => `SELECT ${tokens.join(' ')}`)
  fc.assert(
    fc.property(fc.array(statement, { minLength: 1, maxLength: 5 }), (statements) => {
      const texts = statements.map((text) => text.trim())
      expect(pieces(statements.join(';\n'))).toEqual(texts)
    }),
  )
})

test('reads TAIL of a relation, of a query, with its options and time', () => {
  expect(only('TAIL "A".b WITH (PROGRESS, SNAPSHOT = false) AS OF 5')).toEqual({
    kind: 'subscribe',
    target: { relation: ['A', 'b'] },
    snapshot: false,
    progress: true,
    asOf: { expression: '5', atLeast: false },
  })
  expect(only("tail (SELECT (1) AS of, ')' AS x)")).toMatchObject({
    target: { query: "SELECT (1) AS of, ')' AS x" },
    snapshot: true,
    progress: false,
    asOf: undefined,
  })
})

test('reads SUBSCRIBE with its later forms', () => {
  expect(only('SUBSCRIBE TO v WITH (PROGRESS true) AS OF AT LEAST now() - 1', 'subscribe')).toMatchObject({
    target: { relation: ['v'] },
    progress: true,
    asOf: { expression: 'now() - 1', atLeast: true },
  })
})

test('reads every form of FETCH', () => {
  const plain = { kind: 'fetch', cursor: 'c', options: [] }
  expect(only('FETCH c')).toEqual({ ...plain, count: 1 })
  expect(only('FETCH 0 FROM c')).toEqual({ ...plain, count: 0 })
  expect(only('FETCH FORWARD ALL FROM c')).toEqual({ ...plain, count: 'all' })
  expect(only('FETCH FORWARD c')).toEqual({ ...plain, count: 1 })
  expect(only("FETCH 100 c WITH (timeout = '1s')")).toEqual({
    ...plain,
    count: 100,
    options: [{ name: 'timeout', value: { kind: 'string', text: '1s' } }],
  })
})

test('splits AS OF off a query', () => {
  expect(only('SELECT a AS b FROM t AS OF 5')).toMatchObject({
    sql: 'SELECT a AS b FROM t',
    asOf: { expression: '5' },
  })
})

test('leaves out the name of the one database', () => {
  expect(only('DROP SCHEMA materialize."public" CASCADE')).toMatchObject({
    sql: 'DROP SCHEMA "public" CASCADE',
  })
  expect(
    only('SELECT materialize.a, \'materialize.x.y\' FROM "materialize".public.t AS materialize'),
  ).toMatchObject({
    sql: "SELECT materialize.a, 'materialize.x.y' FROM public.t AS materialize",
  })
  expect(only('TAIL materialize.public.t')).toMatchObject({ target: { relation: ['public', 't'] } })
  expect(refusalOf('TAIL d.public.t')).toEqual(['XX000', "unknown database 'd'", undefined])
})

test('tells what a statement changes', () => {
  const targets = (sql: string) => {
    const command = only(sql)
    return command?.kind === 'ordinary' ? command.targets : undefined
  }
  expect(targets('INSERT INTO s."T" VALUES (1)')).toEqual([
    { verb: 'write', kind: undefined, name: ['s', 'T'] },
  ])
  expect(targets('DELETE FROM t WHERE a = 1')).toEqual([{ verb: 'write', kind: undefined, name: ['t'] }])
  expect(targets('UPDATE ONLY t SET a = 1')).toEqual([{ verb: 'write', kind: undefined, name: ['t'] }])
  expect(targets('CREATE OR REPLACE MATERIALIZED VIEW v AS SELECT 1')).toEqual([
    { verb: 'create', kind: 'view', name: ['v'] },
  ])
  expect(targets('DROP TABLE IF EXISTS a, s.b CASCADE')).toEqual([
    { verb: 'drop', kind: 'table', name: ['a'] },
    { verb: 'drop', kind: 'table', name: ['s', 'b'] },
  ])
})

test('drops and creates only what Materialize has', () => {
  expect(refusalOf('DROP TRIGGER "mz:insert" ON t')[1]).toContain('found identifier "trigger"')
  expect(refusalOf('DROP', 'subscribe')[2]).toBe('5')
  expect(refusalOf('CREATE FUNCTION f() RETURNS int')[1]).toContain('found identifier "function"')
  expect(only('DROP MATERIALIZED VIEW v', 'subscribe')).toMatchObject({ verb: 'ddl' })
})

test('explains only what changes nothing', () => {
  expect(refusalOf('EXPLAIN ANALYZE SELECT 1')[2]).toBe('9')
  expect(refusalOf('EXPLAIN (ANALYZE) DELETE FROM t')[0]).toBe('42601')
  expect(refusalOf('EXPLAIN ANALYZE SELECT 1', 'subscribe')[1]).toBe(
    'Expected one of CPU or MEMORY, found SELECT',
  )
})

test('takes no query that writes for a read', () => {
  expect(refusalOf('SELECT 1 INTO x')).toEqual([
    '42601',
    'Expected end of statement, found identifier "x"',
    '15',
  ])
  expect(refusalOf('SELECT * FROM t FOR UPDATE')).toEqual([
    '42601',
    'Expected end of statement, found UPDATE',
    '21',
  ])
  expect(refusalOf('WITH x AS (INSERT INTO t VALUES (1) RETURNING a) SELECT * FROM x')[0]).toBe('XX000')
})

test('tells an INSERT of values from one that reads', () => {
  const verb = (sql: string, era: 'tail' | 'subscribe' = 'tail') => {
    const command = only(sql, era)
    return command?.kind === 'ordinary' ? command.verb : undefined
  }
  expect(verb('INSERT INTO t VALUES (1)')).toBe('insert')
  expect(verb('insert into "a b".t (a, b) values (1, 2)')).toBe('insert')
  expect(verb('INSERT INTO t DEFAULT VALUES')).toBe('insert')
  expect(verb('INSERT INTO t SELECT * FROM t')).toBe('mutation')
  expect(verb("INSERT INTO t SELECT 1, 'x'")).toBe('mutation')
  expect(verb("INSERT INTO t SELECT 1, 'x'", 'subscribe')).toBe('insert')
})

test.each([
  ['SUBSCRIBE v', 'Unexpected keyword SUBSCRIBE at the beginning of a statement', 1],
  ['DECLARE c CURSOR FOR SUBSCRIBE v', 'Unexpected keyword SUBSCRIBE at the beginning of a statement', 22],
  ['DECLARE c CURSOR FOR TAIL', 'Expected identifier, found EOF', 26],
  ['DECLARE c CURSOR WITH HOLD FOR VALUES (2)', 'Expected FOR, found WITH', 18],
  ['DECLARE c SCROLL CURSOR FOR VALUES (2)', 'Expected CURSOR, found identifier "scroll"', 11],
  ['FETCH 1 FORWARD c', 'Expected end of statement, found identifier "c"', 17],
  ["FETCH ALL c WITH (timeout '1s')", 'Expected equals sign, found string literal "1s"', 27],
  ["FETCH ALL c WITH (timeout = INTERVAL '1s')", 'Expected right parenthesis, found string literal "1s"', 38],
  ['FETCH ALL c WITH ()', 'Expected identifier, found right parenthesis', 19],
  ['TAIL SELECT * FROM t', 'Expected end of statement, found star', 13],
  ['TAIL t AS OF AT LEAST 5', 'Expected end of statement, found LEAST', 17],
  ['SELEC 1', 'Expected a keyword at the beginning of a statement, found identifier "selec"', 1],
  ['RESET x', 'Unexpected keyword RESET at the beginning of a statement', 1],
  ['BEGIN DEFERRABLE', 'Expected end of statement, found identifier "deferrable"', 7],
  ["PREPARE TRANSACTION 'x'", 'Expected AS, found string literal "x"', 21],
  ['SET search_path = a, b', 'Expected end of statement, found comma', 20],
  ['COPY TAIL t TO STDOUT', 'Expected one of FROM or TO, found identifier "t"', 11],
  ['COPY (SHOW TABLES) TO STDOUT', 'unsupported query in COPY', 18],
])('refuses %s as the older server does', (sql, message, position) => {
  expect(refusalOf(sql)).toEqual(['42601', message, String(position)])
})

test.each([
  ['TAIL v', 'TAIL has been renamed to SUBSCRIBE', 1],
  ['COPY (TAIL v) TO STDOUT', 'TAIL has been renamed to SUBSCRIBE', 7],
  ['SUBSCRIBE t WITH (FOO)', 'Expected one of PROGRESS or SNAPSHOT, found identifier "foo"', 19],
  ['SUBSCRIBE SELECT 1', 'Expected end of statement, found number "1"', 18],
  ['DECLARE c CURSOR WITH HOLD FOR SELECT 1', 'WITH HOLD is unsupported for cursors', 18],
  ['FETCH 1 c WITH (foo = 1)', 'Expected TIMEOUT, found identifier "foo"', 17],
  ['END', 'Unexpected keyword END at the beginning of a statement', 1],
])('refuses %s as the later server does', (sql, message, position) => {
  expect(refusalOf(sql, 'subscribe')).toEqual(['42601', message, String(position)])
})

test('counts the position of an error over the whole query string, in characters', () => {
  expect(() => parse("SELECT '😀'; SELEC 1", 'tail')).toThrow(
    expect.objectContaining({ fields: expect.objectContaining({ position: '13' }) }),
  )
})

test('keeps what a planner refuses until the statement is reached', () => {
  expect(refusalOf("TAIL t WITH (PROGRESS = 'true')")).toEqual(['XX000', 'expected bool', undefined])
  expect(refusalOf('TAIL t WITH (FOO)')).toEqual(['XX000', 'unexpected options', undefined])
  expect(refusalOf('SUBSCRIBE t UP TO 5', 'subscribe')[0]).toBe('0A000')
  expect(refusalOf('SUBSCRIBE t ENVELOPE UPSERT (KEY (a))', 'subscribe')[1]).toContain('ENVELOPE UPSERT')
})

test('takes `double` for the type where a type stands', () => {
  const [first] = parse("SELECT (data->>'x')::double AS double, CAST(1 AS double) FROM t", 'tail')
  expect(first?.sql).toBe("SELECT (data->>'x')::float8 AS double, CAST(1 AS float8) FROM t")
  const [second] = parse('CREATE TABLE t (double double, x double precision)', 'tail')
  expect(second?.sql).toBe('CREATE TABLE t (double float8, x double precision)')
})

test.each([
  [
    'tail',
    'CREATE SOURCE s FROM KAFKA BROKER x TOPIC y FORMAT BYTES',
    '0A000',
    /^CREATE SOURCE is not supported/,
  ],
  ['tail', 'CREATE CLUSTER c', 'XX000', /^CREATE CLUSTER requires experimental mode/],
  ['subscribe', 'CREATE CONNECTION k TO KAFKA (BROKER x)', '0A000', /^CREATE CONNECTION is not supported/],
  ['subscribe', 'CREATE DATABASE materialize', 'XX000', /^database 'materialize' already exists$/],
  ['subscribe', 'DROP DATABASE nosuch', 'XX000', /^unknown database 'nosuch'$/],
  ['subscribe', 'WITH RECURSIVE r AS (SELECT 1) SELECT 1', '42601', /^Expected AS, found identifier "r"$/],
  ['tail', 'CREATE TABLE x AS SELECT 1', '42601', /^Expected a list of columns in parentheses, found AS$/],
  ['tail', 'ALTER TABLE t ADD COLUMN c int', '42601', /^Expected RENAME, found identifier "add"$/],
  ['tail', 'SELECT 1 LIMIT 1.5', 'XX000', /^invalid digit found in string$/],
  ['subscribe', 'SELECT 1 LIMIT -1', 'XX000', /^LIMIT must not be negative$/],
] as const)('in the %s era refuses %s', (era, sql, code, message) => {
  const refused = () => {
    const command = parse(sql, era)[0]?.command
    if (command?.kind === 'refused') throw command.error
  }
  expect(refused).toThrow(expect.objectContaining({ message: expect.stringMatching(message) }))
  expect(refused).toThrow(expect.objectContaining({ fields: expect.objectContaining({ code }) }))
})

test('a text that speaks of a limit is none', () => {
  expect(parse("SELECT 'limit -1'", 'tail')[0]?.command.kind).toBe('ordinary')
})
