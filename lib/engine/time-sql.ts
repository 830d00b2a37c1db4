import type { Version } from './version.ts'

/**
 * Materialize's clock in SQL: a type `mz_timestamp`, the function that answers the current time, and comparisons of
 * it with everything that can be a bound.
 *
 * The type is PostgreSQL's numeric under another name, so that only comparisons with the current time get
 * Materialize's rules: fractions are floored in the TAIL era (where the column is shown as numeric), and refused in
 * the SUBSCRIBE era. The functions are one expression each, which PostgreSQL writes into the query in their place.
 */
export const nowFunction = (era: Version['era']): string =>
  era === 'tail' ? 'mz_logical_timestamp' : 'mz_now'

/** The largest timestamp; "for ever". */
export const MAX_TIMESTAMP = 18446744073709551615n

const COMPARISONS = [
  ['<', '>', 'lt'],
  ['<=', '>=', 'le'],
  ['>', '<', 'gt'],
  ['>=', '<=', 'ge'],
  ['=', '=', 'eq'],
  ['<>', '<>', 'ne'],
] as const

const BOUND_TYPES = {
  tail: ['numeric', 'int8', 'int4'],
  subscribe: ['numeric', 'int8', 'int4', 'date', 'timestamp', 'timestamptz'],
} as const

/** Everything here may stand in a view, so none of it is ever dropped. */
export function timeSql(era: Version['era']): string {
  return [
    TYPE,
    `CREATE FUNCTION mz_catalog.${nowFunction(era)}() RETURNS mz_catalog.mz_timestamp LANGUAGE sql STABLE
       AS $$ SELECT current_setting('mz.now')::mz_catalog.mz_timestamp $$;`,
    `CREATE CAST (mz_catalog.mz_timestamp AS numeric) WITHOUT FUNCTION ${era === 'tail' ? 'AS IMPLICIT' : ''};`,
    // In the older era it is a numeric, and cast as one.
    ...(era === 'tail' ? ['int4', 'int8', 'float8'] : []).map(
      (type) => `CREATE CAST (mz_catalog.mz_timestamp AS ${type}) WITH INOUT;`,
    ),
    era === 'tail' ? TAIL_BOUNDS : SUBSCRIBE_BOUNDS,
    ...BOUND_TYPES[era].map((type) => comparisons(type)),
    ...COMPARISONS.map(([symbol, commutator, name]) =>
      operator(`own_${name}`, symbol, commutator, 'mz_catalog.mz_timestamp', 'mz_catalog.mz_timestamp', [
        `$1::numeric ${symbol} $2::numeric`,
      ]),
    ),
    ORDERING,
  ].join('\n')
}

const TYPE = `
CREATE TYPE mz_catalog.mz_timestamp;
CREATE FUNCTION mz_engine.mz_timestamp_in(cstring, oid, int4) RETURNS mz_catalog.mz_timestamp
  LANGUAGE internal IMMUTABLE STRICT AS 'numeric_in';
CREATE FUNCTION mz_engine.mz_timestamp_out(mz_catalog.mz_timestamp) RETURNS cstring
  LANGUAGE internal IMMUTABLE STRICT AS 'numeric_out';
CREATE TYPE mz_catalog.mz_timestamp (
  INPUT = mz_engine.mz_timestamp_in, OUTPUT = mz_engine.mz_timestamp_out, LIKE = numeric);`

/**
 * `bound` turns what the current time is compared with into whole milliseconds; `step` is the next one. With a
 * precision PostgreSQL refuses what Materialize's numeric cannot hold. `wall_clock` stands where a view asks for it; volatile, or
 * it would be asked by the planner.
 */
const TAIL_BOUNDS = `
CREATE FUNCTION mz_engine.wall_clock() RETURNS timestamptz LANGUAGE plpgsql VOLATILE
  AS $$ BEGIN RAISE EXCEPTION 'internal error: cannot evaluate unmaterializable function: CurrentTimestamp'; END $$;
CREATE FUNCTION mz_engine.bound(numeric) RETURNS numeric LANGUAGE sql IMMUTABLE
  AS $$ SELECT floor($1)::numeric(39, 0) $$;
CREATE FUNCTION mz_engine.bound(int8) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT $1::numeric $$;
CREATE FUNCTION mz_engine.bound(int4) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT $1::numeric $$;
CREATE FUNCTION mz_engine.bound(mz_catalog.mz_timestamp) RETURNS numeric LANGUAGE sql IMMUTABLE
  AS $$ SELECT $1::numeric $$;
CREATE FUNCTION mz_engine.step(numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT $1 + 1 $$;`

/** What raises an error takes an argument: PostgreSQL would compute a constant when it plans, and fail for all rows. */
const SUBSCRIBE_BOUNDS = `
CREATE FUNCTION mz_engine.out_of_range(text) RETURNS numeric LANGUAGE plpgsql IMMUTABLE
  AS $$ BEGIN RAISE EXCEPTION '"%" mz_timestamp out of range', $1; END $$;
CREATE FUNCTION mz_engine.overflow(numeric) RETURNS numeric LANGUAGE plpgsql IMMUTABLE
  AS $$ BEGIN RAISE EXCEPTION 'step mz_timestamp overflow'; END $$;
CREATE FUNCTION mz_engine.bound(numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN $1 IS NULL OR ($1 >= 0 AND $1 <= ${MAX_TIMESTAMP} AND $1 = trunc($1)) THEN trunc($1)
    ELSE mz_engine.out_of_range($1::text) END $$;
CREATE FUNCTION mz_engine.bound(int8) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN $1 < 0 THEN mz_engine.out_of_range($1::text) ELSE $1::numeric END $$;
CREATE FUNCTION mz_engine.bound(int4) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
  SELECT mz_engine.bound($1::int8) $$;
CREATE FUNCTION mz_engine.bound(date) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
  SELECT mz_engine.bound((extract(epoch FROM $1) * 1000)::numeric) $$;
CREATE FUNCTION mz_engine.bound(timestamp) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN extract(epoch FROM $1) < 0 THEN mz_engine.out_of_range($1::text)
    ELSE mz_engine.bound(trunc(extract(epoch FROM $1) * 1000)) END $$;
CREATE FUNCTION mz_engine.bound(timestamptz) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN extract(epoch FROM $1) < 0 THEN mz_engine.out_of_range($1::text)
    ELSE mz_engine.bound(trunc(extract(epoch FROM $1) * 1000)) END $$;
CREATE FUNCTION mz_engine.bound(mz_catalog.mz_timestamp) RETURNS numeric LANGUAGE sql IMMUTABLE
  AS $$ SELECT $1::numeric $$;
CREATE FUNCTION mz_engine.step(numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN $1 = ${MAX_TIMESTAMP} THEN mz_engine.overflow($1) ELSE $1 + 1 END $$;
CREATE FUNCTION mz_engine.to_timestamptz(mz_catalog.mz_timestamp) RETURNS timestamptz LANGUAGE sql IMMUTABLE
  AS $$ SELECT to_timestamp(($1::numeric / 1000)::float8) $$;
CREATE CAST (mz_catalog.mz_timestamp AS timestamptz) WITH FUNCTION mz_engine.to_timestamptz;
CREATE FUNCTION mz_engine.to_mz(numeric) RETURNS mz_catalog.mz_timestamp LANGUAGE sql IMMUTABLE
  AS $$ SELECT mz_engine.bound($1)::text::mz_catalog.mz_timestamp $$;
CREATE FUNCTION mz_engine.to_mz(int8) RETURNS mz_catalog.mz_timestamp LANGUAGE sql IMMUTABLE
  AS $$ SELECT mz_engine.bound($1)::text::mz_catalog.mz_timestamp $$;
CREATE FUNCTION mz_engine.to_mz(int4) RETURNS mz_catalog.mz_timestamp LANGUAGE sql IMMUTABLE
  AS $$ SELECT mz_engine.bound($1)::text::mz_catalog.mz_timestamp $$;
CREATE FUNCTION mz_engine.to_mz(timestamptz) RETURNS mz_catalog.mz_timestamp LANGUAGE sql IMMUTABLE
  AS $$ SELECT mz_engine.bound($1)::text::mz_catalog.mz_timestamp $$;
CREATE CAST (numeric AS mz_catalog.mz_timestamp) WITH FUNCTION mz_engine.to_mz(numeric);
CREATE CAST (int8 AS mz_catalog.mz_timestamp) WITH FUNCTION mz_engine.to_mz(int8);
CREATE CAST (int4 AS mz_catalog.mz_timestamp) WITH FUNCTION mz_engine.to_mz(int4);
CREATE CAST (timestamptz AS mz_catalog.mz_timestamp) WITH FUNCTION mz_engine.to_mz(timestamptz);`

function comparisons(type: string): string {
  return COMPARISONS.flatMap(([symbol, commutator, name]) => [
    operator(`${type}_${name}`, symbol, commutator, 'mz_catalog.mz_timestamp', type, [
      `$1::numeric ${symbol} mz_engine.bound($2)`,
    ]),
    operator(`${name}_${type}`, symbol, commutator, type, 'mz_catalog.mz_timestamp', [
      `mz_engine.bound($1) ${symbol} $2::numeric`,
    ]),
  ]).join('\n')
}

function operator(
  name: string,
  symbol: string,
  commutator: string,
  left: string,
  right: string,
  [body]: [string],
): string {
  return `
CREATE FUNCTION mz_engine.${name}(${left}, ${right}) RETURNS bool LANGUAGE sql IMMUTABLE AS $$ SELECT ${body} $$;
CREATE OPERATOR mz_catalog.${symbol} (
  LEFTARG = ${left}, RIGHTARG = ${right}, FUNCTION = mz_engine.${name}, COMMUTATOR = OPERATOR(mz_catalog.${commutator}));`
}

const ORDERING = `
CREATE FUNCTION mz_engine.compare(mz_catalog.mz_timestamp, mz_catalog.mz_timestamp) RETURNS int4
  LANGUAGE internal IMMUTABLE STRICT AS 'numeric_cmp';
CREATE OPERATOR CLASS mz_catalog.mz_timestamp_ops DEFAULT FOR TYPE mz_catalog.mz_timestamp USING btree AS
  OPERATOR 1 mz_catalog.<, OPERATOR 2 mz_catalog.<=, OPERATOR 3 mz_catalog.=,
  OPERATOR 4 mz_catalog.>=, OPERATOR 5 mz_catalog.>,
  FUNCTION 1 mz_engine.compare(mz_catalog.mz_timestamp, mz_catalog.mz_timestamp);`
