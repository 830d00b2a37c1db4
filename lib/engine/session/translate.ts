import { AsOfRefused, type ErrorFields, StatementError } from '../errors.ts'
import type { Version } from '../version.ts'

/** What is known of the statement that failed. */
export interface Failed {
  readonly version: Version
  /** Whether it reads a relation: then an error of its evaluation is marked as one. */
  readonly reads: () => boolean
  readonly sql: string
  /** How many characters of the query string stand before the statement. */
  readonly before: number
}

/** An error of any kind as what the client is told. PostgreSQL's own errors get Materialize's code and words. */
export function toFields(error: unknown, failed: Failed): ErrorFields {
  if (error instanceof StatementError) return translate(error.fields, failed)
  if (error instanceof AsOfRefused) return { severity: 'ERROR', code: 'XX000', message: error.message }
  const message = error instanceof Error ? error.message : String(error)
  return { severity: 'ERROR', code: 'XX000', message: `internal error: ${message}` }
}

type Words = (match: RegExpExecArray, failed: Failed) => Partial<ErrorFields>

interface Rule {
  readonly code: string
  readonly pattern: RegExp
  /** What differs; PostgreSQL's detail, hint and position are not kept. */
  readonly words: Words
}

const rule = (code: string, pattern: RegExp, words: Words): Rule => ({ code, pattern, words })
const plan = (message: string, more: Partial<ErrorFields> = {}): Partial<ErrorFields> => ({
  code: 'XX000',
  message,
  ...more,
})

/** Errors of evaluation carry a mark where a relation is read. */
const evaluation =
  (words: (match: RegExpExecArray) => string): Words =>
  (match, { reads }) =>
    plan(`${reads() ? 'Evaluation error: ' : ''}${words(match)}`)

const missingFunction: Words = ([, signature = ''], { version }) => {
  if (version.era === 'tail') return plan(`function ${materializeTypes(signature)} does not exist`)
  if (signature.startsWith('mz_logical_timestamp(')) {
    return plan('mz_logical_timestamp() has been renamed to mz_now()')
  }
  return plan(`function "${signature.replace(/\(.*$/, '')}" does not exist`, {
    hint: 'No function matches the given name and argument types. You might need to add explicit type casts.',
  })
}

const NO_CAST =
  "arguments cannot be implicitly cast to any implementation's parameters; try providing explicit casts"

const RULES: readonly Rule[] = [
  // What a maintained query met; its words are marked already.
  rule(
    'XX000',
    /^Evaluation error: invalid input syntax for type (.+): "(.*)"$/s,
    ([, type = '', text = '']) =>
      plan(`Evaluation error: invalid input syntax for type ${type}: ${reason(type, text)}"${text}"`),
  ),
  rule(
    'XX000',
    /^"[^"]*" mz_timestamp out of range$|^step mz_timestamp overflow$/,
    evaluation(([message]) => message),
  ),
  rule('42P01', /^relation "(.+)" does not exist$/, ([, name]) => plan(`unknown catalog item '${name}'`)),
  rule('42P01', /^(?:table|view|materialized view|index|sequence) "(.+)" does not exist$/, ([, name]) =>
    plan(`unknown catalog item '${name}'`),
  ),
  rule('42704', /^(?:index|type) "(.+)" does not exist$/, ([, name]) =>
    plan(`unknown catalog item '${name}'`),
  ),
  rule('3F000', /^schema "(.+)" does not exist$/, ([, name]) => plan(`unknown schema '${name}'`)),
  rule('3D000', /^database "(.+)" does not exist$/, ([, name]) => plan(`unknown database '${name}'`)),
  rule('0A000', /^cross-database references are not implemented: "?([^".]+)/, ([, name]) =>
    plan(`unknown database '${name}'`),
  ),
  rule('42P01', /^missing FROM-clause entry for table "(.+)"$/, ([, name]) =>
    plan(`unknown catalog item '${name}'`),
  ),
  rule('42703', /^column "(.+)" of relation "(.+)" does not exist$/, ([, column, relation], { version }) =>
    plan(
      version.era === 'tail'
        ? `column "${column}" does not exist`
        : `column "${column}" of relation "materialize.public.${relation}" does not exist`,
    ),
  ),
  rule('42703', /^column "?(.+?)"? does not exist$/, ([, name]) => plan(`column "${name}" does not exist`)),
  rule('42883', /^function (.+) does not exist$/, missingFunction),
  rule('42883', /^operator does not exist: (.+)$/, ([, text = ''], { version }) =>
    version.era === 'tail'
      ? plan(`no overload for ${materializeTypes(text).replaceAll('mz_timestamp', 'numeric')}: ${NO_CAST}`)
      : plan(`operator does not exist: ${materializeTypes(text)}`, {
          hint: 'No operator matches the given name and argument types.  You might need to add explicit type casts.',
        }),
  ),
  rule('42P06', /^schema "(.+)" already exists$/, ([, name]) => plan(`schema '${name}' already exists`)),
  rule('42701', /^column "(.+)" specified more than once$/, ([, name]) =>
    plan(`column "${name}" specified more than once`),
  ),
  rule('42601', /^INSERT has more expressions than target columns$/, () =>
    plan('INSERT has more expressions than target columns'),
  ),
  rule('42601', /^INSERT has more target columns than expressions$/, () =>
    plan('INSERT has more target columns than expressions'),
  ),
  rule('42P02', /^there is no parameter \$(\d+)$/, () => ({})),
  rule(
    '22012',
    /^division by zero$/,
    evaluation(() => 'division by zero'),
  ),
  rule(
    '22003',
    /^(.+) out of range$/,
    evaluation(([message]) => message),
  ),
  rule(
    '22P02',
    /^invalid input syntax for type (.+): "(.*)"$/s,
    evaluation(
      ([, type = '', text = '']) => `invalid input syntax for type ${type}: ${reason(type, text)}"${text}"`,
    ),
  ),
  rule('23502', /^null value in column "(.+)" of relation/, ([, column]) => ({
    message: `null value in column "${column}" violates not-null constraint`,
  })),
]

/** What Materialize's parsers say of a text that is no number. */
function reason(type: string, text: string): string {
  if (type === 'integer' || type === 'bigint' || type === 'smallint') {
    return text === '' ? 'cannot parse integer from empty string: ' : 'invalid digit found in string: '
  }
  if (type === 'double precision' || type === 'real') return 'invalid float literal: '
  return ''
}

const materializeTypes = (text: string): string =>
  text.replaceAll('character varying', 'varchar').replaceAll('timestamp without time zone', 'timestamp')

/** Codes that Materialize uses as PostgreSQL does. */
const KEPT =
  /^(25|34|42P03|42601|42P02|0A|08|26|22000|22023|22P04|23502|42704|55P02|55000|57014|XX|01|2F|3F|42501|53)/

function translate(fields: ErrorFields, failed: Failed): ErrorFields {
  const translated = applyRules(fields, failed)
  if (!CLAUSE_ERRORS.has(fields.code) || !standsInWhere(failed.sql, fields.position)) return translated
  return clean({ ...translated, message: `WHERE clause error: ${translated.message}`, hint: undefined })
}

function applyRules(fields: ErrorFields, failed: Failed): ErrorFields {
  for (const { code, pattern, words } of RULES) {
    const match = code === fields.code ? pattern.exec(fields.message) : null
    if (!match) continue
    return clean({ severity: fields.severity, code, message: fields.message, ...words(match, failed) })
  }
  if (!KEPT.test(fields.code)) return clean({ ...fields, code: 'XX000', position: undefined })
  if (fields.code !== '42601' || fields.position === undefined) return fields
  return { ...fields, position: String(Number(fields.position) + failed.before) }
}

/** Errors of names and types: ambiguous or unknown column, function or operator, impossible cast. */
const CLAUSE_ERRORS = new Set(['42703', '42702', '42883', '42725', '42846', '42803'])
const CLAUSES = /\b(where|select|from|join|on|group|having|order|limit|set|values)\b/gi

/** Whether the last clause that begins before a place is a WHERE. */
function standsInWhere(sql: string, position: string | undefined): boolean {
  if (position === undefined) return false
  const [last] =
    sql
      .slice(0, Number(position) - 1)
      .match(CLAUSES)
      ?.slice(-1) ?? []
  return last?.toLowerCase() === 'where'
}

/** Without the fields that are undefined. */
function clean(fields: { [Key in keyof ErrorFields]: ErrorFields[Key] | undefined }): ErrorFields {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(kept) as unknown as ErrorFields
}
