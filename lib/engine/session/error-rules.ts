import { evaluation, plan, type Rule, rule, type Words } from './error-rule.ts'
import { nameAt } from './name-at.ts'
import { QUERY_RULES } from './query-errors.ts'
import { syntaxWords } from './syntax-words.ts'

const missingFunction: Words = ([, signature = ''], { version, knows, sql }) => {
  const exists = knows('function', signature.replace(/\(.*$/s, '').replace(/^.*\./, ''))
  const called = materializeTypes(signature)
  if (version.era === 'tail') {
    // A definition's names are looked up before anything else.
    if (!exists && /^create/i.test(sql))
      return plan(`unknown catalog item '${signature.replace(/\(.*$/s, '')}'`)
    return plan(exists ? `Cannot call function ${called}: ${NO_CAST}` : `function ${called} does not exist`)
  }
  if (signature.startsWith('mz_logical_timestamp(')) {
    return plan('mz_logical_timestamp() has been renamed to mz_now()')
  }
  if (exists) {
    return plan(`function ${called} does not exist`, {
      hint: 'No function matches the given name and argument types.  You might need to add explicit type casts.',
    })
  }
  return plan(`function "${signature.replace(/\(.*$/, '')}" does not exist`, {
    hint: 'No function matches the given name and argument types. You might need to add explicit type casts.',
  })
}

const NO_CAST =
  "arguments cannot be implicitly cast to any implementation's parameters; try providing explicit casts"

/** What PostgreSQL says, and what Materialize says of the same. */
export const RULES: readonly Rule[] = [
  ...QUERY_RULES,
  // What a maintained query met; its words are marked already.
  rule(
    'XX000',
    /^Evaluation error: invalid input syntax for type (.+): "(.*)"$/s,
    ([, type = '', text = '']) =>
      plan(`Evaluation error: invalid input syntax for type ${type}: ${reason(type, text)}"${text}"`),
  ),
  rule(
    'P0001',
    /^"[^"]*" mz_timestamp out of range$|^step mz_timestamp overflow$/,
    evaluation(([message]) => message),
  ),
  rule('42P01', /^relation "(.+)" does not exist$/, ([, name = ''], { knows }) => {
    const [schema, relation] = name.split('.')
    if (schema !== undefined && relation !== undefined && !knows('schema', schema)) {
      return plan(`unknown schema '${schema}'`)
    }
    return plan(`unknown catalog item '${name}'`)
  }),
  rule('42P01', /^(?:table|view|materialized view|index|sequence) "(.+)" does not exist$/, ([, name]) =>
    plan(`unknown catalog item '${name}'`),
  ),
  rule('42704', /^index "(.+)" does not exist$/, ([, name]) => plan(`unknown catalog item '${name}'`)),
  rule('42704', /^type "(.+)" does not exist$/, ([message, name], { version }) =>
    plan(version.era === 'tail' ? `unknown catalog item '${name}'` : message),
  ),
  rule('3F000', /^schema "(.+)" does not exist$/, ([, name]) => plan(`unknown schema '${name}'`)),
  rule('3D000', /^database "(.+)" does not exist$/, ([, name]) => plan(`unknown database '${name}'`)),
  rule('0A000', /^cross-database references are not implemented: "?([^".]+)/, ([, name]) =>
    plan(`unknown database '${name}'`),
  ),
  rule('42P01', /^missing FROM-clause entry for table "(.+)"$/, ([, table], { sql }, { position }) =>
    plan(`column "${nameAt(sql, position) ?? table}" does not exist`),
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
  rule('42601', /^SELECT \* with no tables specified is not valid$/, ([message]) => plan(message)),
  rule('42601', /^syntax error at (?:end of input|or near )/, (_, { sql, version }, { position }) => {
    const words = syntaxWords(sql, Number(position ?? 1), version.era)
    return { position, ...words }
  }),
  rule(
    '42804',
    /^argument of (WHERE|HAVING|CASE\/WHEN) must be type boolean, not type (.+)$/,
    ([, clause, type]) =>
      plan(`${clause === 'CASE/WHEN' ? 'SELECT' : clause} clause must have type boolean, not type ${type}`),
  ),
  rule('42846', /^cannot cast type (.+) to (.+)$/, ([, from = '', to = '']) =>
    plan(`CAST does not support casting from ${materializeTypes(from)} to ${materializeTypes(to)}`),
  ),
  rule('2201W', /^LIMIT must not be negative$/, ([message], { version }) =>
    plan(version.era === 'tail' ? 'invalid digit found in string' : message),
  ),
  rule('42P18', /^could not determine data type of parameter (.+)$/, ([, parameter]) =>
    plan(`unable to infer type for parameter ${parameter}`),
  ),
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
  rule('XX000', /^Evaluation error: invalid byte sequence for encoding "UTF8": (.+)$/, ([, bytes = '']) =>
    plan(`Evaluation error: ${badBytes(bytes)}`),
  ),
  rule(
    '22021',
    /^invalid byte sequence for encoding "UTF8": (.+)$/,
    evaluation(([, bytes = '']) => badBytes(bytes)),
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
  if (type === 'double precision' || type === 'real') return ''
  return ''
}

const materializeTypes = (text: string): string =>
  text.replaceAll('character varying', 'varchar').replaceAll('timestamp without time zone', 'timestamp')

/** PostgreSQL lists the bytes, but not where they are. */
function badBytes(bytes: string): string {
  const count = bytes.trim().split(' ').length
  return `invalid byte sequence 'invalid utf-8 sequence of ${count} bytes from index 0' for encoding 'utf8'`
}
