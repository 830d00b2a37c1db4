import { quoteName, quoteText } from './backend.ts'
import { type CatalogObject, sqlName } from './catalog.ts'
import { SEARCH_PATH } from './catalog-sql.ts'
import type { Column } from './change.ts'
import { Compiler, type Resolve } from './views/compile.ts'
import type { Context, Relation } from './views/relation.ts'

/** What maintains a view: its relation, and all that were made for it, sources first. */
export interface Compiled {
  readonly relation: Relation
  readonly made: readonly Relation[]
}

/** Gives a relation in place of another. */
type Over = (source: Relation) => Relation

/** Makes what maintains a view, or a query as if it were one. PostgreSQL itself tells how it understands them. */
export class ViewMaker {
  readonly #context: Context
  readonly #resolve: Resolve
  #queries = 0

  constructor(context: Context, resolve: Resolve) {
    this.#context = context
    this.#resolve = resolve
  }

  /** For what is no object. */
  nextId(): string {
    return `q${++this.#queries}`
  }

  /** Within a transaction, as is `query`. */
  view(id: string, object: CatalogObject, columns: readonly Column[], now: bigint, over?: Over): Compiled {
    return this.#compile(id, sqlName(object), columns, now, over)
  }

  query(sql: string, columns: readonly Column[], now: bigint, over?: Over): Compiled {
    const { backend } = this.#context
    const id = this.nextId()
    const named = columns.map((column, index) => ({ ...column, name: `c${index + 1}` }))
    const view = quoteName(`mz:${id}`)
    backend.query(`CREATE TEMP VIEW ${view} (${named.map(({ name }) => name).join()}) AS ${sql}`)
    const compiled = this.#compile(id, `pg_temp.${view}`, named, now, over)
    backend.query(`DROP VIEW pg_temp.${view}`)
    return compiled
  }

  #compile(
    id: string,
    view: string,
    columns: readonly Column[],
    now: bigint,
    over: Over = (source) => source,
  ): Compiled {
    const { backend } = this.#context
    const compiler = new Compiler(this.#context, (schema, name) => {
      const source = this.#resolve(schema, name)
      return source && over(source)
    })
    // Everything but PostgreSQL's own is qualified in the definition then.
    const [definition] =
      backend.query(`
      SET search_path = pg_catalog; SELECT pg_get_viewdef(${quoteText(view)}::regclass); SET search_path = ${SEARCH_PATH}`)[0] ??
      []
    const relation = compiler.compile(id, definition ?? '', columns, now)
    return { relation, made: compiler.made }
  }
}
