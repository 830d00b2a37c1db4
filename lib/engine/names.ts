import { quoteName, quoteText, textArray } from './backend.ts'
import { type CatalogObject, fullName } from './catalog.ts'
import type { Registry } from './registry.ts'
import type { Context } from './views/relation.ts'

/** What there is under which name, for a session that asks. Names come in their parts. */
export class Names {
  readonly #context: Context
  readonly #registry: Registry

  constructor(context: Context, registry: Registry) {
    this.#context = context
    this.#registry = registry
  }

  /** An object of the user, of whatever kind. */
  lookUp(parts: readonly string[]): CatalogObject | undefined {
    const [name = '', schema] = [...parts].reverse()
    return this.#registry.lookUp(schema, name)?.object
  }

  /** Throws where there is no relation of that name. */
  find(parts: readonly string[]): void {
    this.#registry.find(parts)
  }

  /** The query that reads a relation of the system's catalog; undefined where the name is none of these. */
  systemQuery(parts: readonly string[]): string | undefined {
    const [name = '', schema] = [...parts].reverse()
    const schemas = schema === undefined ? ['mz_catalog', 'pg_catalog'] : [schema]
    const [found] = this.#context.backend.query(`
      SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relname = ${quoteText(name)} AND c.relkind IN ('r', 'v')
        AND n.nspname = ANY(${quoteText(textArray(schemas))}::text[])
        AND n.nspname IN ('mz_catalog', 'mz_internal', 'pg_catalog', 'information_schema')
      ORDER BY n.nspname`)
    return found && `SELECT * FROM ${found[0]}.${quoteName(name)}`
  }

  /** Whether there is a schema, or a function, of a name. */
  knows(kind: 'schema' | 'function', name: string): boolean {
    const [table, column] = kind === 'schema' ? ['pg_namespace', 'nspname'] : ['pg_proc', 'proname']
    const rows = this.#context.backend.query(
      `SELECT 1 FROM ${table} WHERE ${column} = ${quoteText(name)} LIMIT 1`,
    )
    return rows.length > 0
  }

  /** The whole names of the tables and materialized views of schemas. */
  storedIn(schemas: ReadonlySet<string>): string[] {
    return [...this.#registry.entries.values()]
      .filter(({ object: { kind, schema } }) => kind !== 'index' && kind !== 'view' && schemas.has(schema))
      .map(({ object }) => fullName(object))
  }

  /** The whole names of what a relation is read from. Throws where there is none of that name. */
  storedUnder(parts: readonly string[]): string[] {
    const { object, relation } = this.#registry.find(parts)
    return (relation ? this.#registry.stored(relation) : [object]).map(fullName)
  }
}
