import fc from 'fast-check'

/** Texts that have broken other servers. */
const KNOWN = [
  "'; DROP TABLE sensors; --",
  '"; DELETE FROM sensors; --',
  'sensors" UNION SELECT 1 --',
  "1' OR '1'='1",
  '$1',
  '$$',
  '\\',
  '\0',
  "\u0000'\u0000",
  '__proto__',
  'constructor',
  'toString',
  'public.sensors',
  'mz_catalog.mz_tables',
  'pg_catalog.pg_user',
  '.',
  '..',
  '../../etc/passwd',
  '%00',
  '%2e%2e%2f',
  '<script>alert(1)</script>',
  '\u202e\ufeff\u2028',
  '🦉',
  'ﷺ',
  '\ud800',
  ' ',
  '',
  'NaN',
  'Infinity',
  '-0',
  '0x10',
  '1e999',
  '1e-999',
  '9223372036854775808',
  '-2147483649',
  '18446744073709551616',
  '9'.repeat(400),
  'null',
  'x'.repeat(256),
  'ä'.repeat(5_000),
  '('.repeat(2_000),
  '"'.repeat(999),
]

/** Any text, as a query can carry it. */
export const hostileText = fc
  .oneof(
    fc.constantFrom(...KNOWN),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.integer().map(String),
    fc.double().map(String),
  )
  // Half a pair cannot stand in an address.
  .map((text) => text.replaceAll(/\p{Surrogate}/gu, '\ufffd'))

/** Names of relations and columns that are there, among others that are not. */
export const nameOf = (known: readonly string[]) =>
  fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: hostileText })

const operator = fc.constantFrom(
  'eq',
  'neq',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'is',
  'not.eq',
  'not.in',
  'not.is',
  'or',
)
const condition = fc.oneof(
  fc.tuple(operator, hostileText).map(([one, value]) => `${one}.${value}`),
  fc
    .tuple(operator, fc.array(hostileText, { maxLength: 5 }))
    .map(([one, list]) => `${one}.(${list.join(',')})`),
  hostileText,
)

/** A query of parameters, conditions and noise, some of them twice. */
export function hostileQuery(
  parameters: readonly string[],
  columns: readonly string[],
): fc.Arbitrary<string> {
  const pair = fc.tuple(nameOf([...parameters, ...columns]), condition)
  return fc
    .array(pair, { maxLength: 6 })
    .chain((pairs) => fc.boolean().map((twice) => (twice ? pairs.concat(pairs.slice(0, 1)) : pairs)))
    .map((pairs) => new URLSearchParams(pairs).toString())
}

/** A header's value, as a client can send it. */
export const hostileHeader = hostileText.map((text) => text.replaceAll(/[^\x20-\x7e\xa0-\xff]/g, '').trim())

/** A number as JSON writes it, at the limits of all kinds. */
const number = fc.constantFrom(
  ...[
    '0',
    '-0',
    '1',
    '-1',
    '0.1',
    '1e308',
    '1e309',
    '-1e999',
    '5e-324',
    '1e-400',
    '2147483647',
    '2147483648',
  ],
  ...['-2147483649', '9007199254740993', '9'.repeat(500), '253402300799', '253402300800', '1E+2'],
)
const scalar = fc.oneof(
  number,
  hostileText.map((text) => JSON.stringify(text)),
  fc.constantFrom('null', 'true', '[]', '{}', '[[[]]]', '""', 'NaN', '-', '{"a":', '\ufeff1'),
)
const field = fc.oneof(fc.constantFrom('id', 'pm25', 'pm10', 'geo_lat', 'geo_lon', 'timestamp'), hostileText)

const bounded = (min: number, max: number) => fc.double({ min, max, noNaN: true })
/** One that is taken, with numbers anywhere within their bounds. */
const goodReading = fc
  .record({
    id: fc.integer(),
    pm25: fc.option(bounded(0, 100_000)),
    pm10: fc.option(bounded(0, 100_000)),
    geo_lat: fc.option(bounded(-90, 90)),
    geo_lon: fc.option(bounded(-180, 180)),
    timestamp: bounded(0, 253_402_300_799),
  })
  .map((one) => JSON.stringify(one))

/** Text that may be a reading, and most often is none. */
const reading = fc.oneof(
  goodReading,
  fc
    .array(fc.tuple(field, scalar), { maxLength: 9 })
    .map((fields) => `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`),
  fc.tuple(number, number, number, number, number, number).map(([id, a, b, lat, lon, at]) => {
    return `{"id":${id},"pm25":${a},"pm10":${b},"geo_lat":${lat},"geo_lon":${lon},"timestamp":${at}}`
  }),
)

/** Bodies: readings, JSON of any depth and width, and what is no JSON. */
export const hostileBody: fc.Arbitrary<string | Uint8Array<ArrayBuffer>> = fc.oneof(
  reading,
  fc.array(goodReading, { minLength: 1, maxLength: 50 }).map((readings) => `[${readings.join(',')}]`),
  fc.array(reading, { maxLength: 5 }).map((readings) => `[${readings.join(',')}]`),
  fc.json(),
  scalar,
  fc.integer({ min: 1, max: 50_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
  fc.integer({ min: 1, max: 20_000 }).map((depth) => '{"id":'.repeat(depth)),
  fc.integer({ min: 1, max: 12_000 }).map((width) => `[${'0,'.repeat(width)}0]`),
  fc.uint8Array().map((bytes) => Uint8Array.from(bytes)),
)
