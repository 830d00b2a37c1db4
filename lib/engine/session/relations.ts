import { loadModule, parseSync } from 'pgsql-parser'

/** Must be awaited once before `relationsOf`. */
export const loadParser = loadModule

/** The relations that a statement reads, as it names them; none where it does not parse. */
export function relationsOf(sql: string): string[][] {
  const found: string[][] = []
  const withNames = new Set<string>()
  try {
    walk(parseSync(sql), found, withNames)
  } catch {
    return [] // PostgreSQL's parser refuses it: whoever runs it will say so
  }
  return found.filter((name) => name.length > 1 || !withNames.has(name[0] ?? ''))
}

const SYSTEM_SCHEMAS = new Set([
  'mz_catalog',
  'pg_catalog',
  'mz_internal',
  'information_schema',
  'mz_introspection',
])

/** Whether a relation belongs to the system's catalog, going by its name. */
export function isSystem(name: readonly string[]): boolean {
  const schema = name.at(-2)
  return schema === undefined ? /^(mz|pg)_/.test(name.at(-1) ?? '') : SYSTEM_SCHEMAS.has(schema)
}

function walk(node: unknown, found: string[][], withNames: Set<string>): void {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, found, withNames)
    return
  }
  if (typeof node !== 'object' || node === null) return
  for (const [key, value] of Object.entries(node)) {
    if (key === 'RangeVar') found.push(nameOf(value))
    else if (key === 'CommonTableExpr' && typeof value.ctename === 'string') withNames.add(value.ctename)
    // An INSERT does not read its target.
    if (key === 'InsertStmt') walk({ ...value, relation: undefined }, found, withNames)
    else if (key === 'relation' && typeof value === 'object' && 'relname' in value) found.push(nameOf(value))
    else walk(value, found, withNames)
  }
}

function nameOf(range: { catalogname?: string; schemaname?: string; relname?: string }): string[] {
  return [range.catalogname, range.schemaname, range.relname].filter((part) => part !== undefined)
}

/** As Materialize prints the name of a relation. */
export const fullName = (name: readonly string[]): string =>
  ['materialize', 'public']
    .slice(0, 3 - Math.min(name.length, 3))
    .concat(name)
    .join('.')
