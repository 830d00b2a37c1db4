import { quoteName, quoteText } from './backend.ts'
import {
  type CatalogChange,
  type CatalogObject,
  type Entry,
  fullName,
  listObjects,
  sqlName,
} from './catalog.ts'
import { SEARCH_PATH, TEMPORARY } from './catalog-sql.ts'
import type { Column } from './change.ts'
import { readColumns } from './columns.ts'
import { Dataflow } from './dataflow.ts'
import { internalError, StatementError } from './errors.ts'
import { unsupported } from './refuse.ts'
import { Compiler } from './views/compile.ts'
import type { Context, Relation } from './views/relation.ts'
import { Table } from './views/table.ts'

const isMadeOf = (relation: Relation, source: Relation | undefined): boolean =>
  relation === source || relation.sources.some((each) => isMadeOf(each, source))

/** What maintains a view: its relation, and all that were made for it, sources first. */
interface Compiled {
  readonly relation: Relation
  readonly made: readonly Relation[]
}

/** The objects of the user by id, each with the relation that maintains it. */
export class Registry {
  readonly dataflow = new Dataflow()
  readonly #context: Context
  #entries = new Map<string, Entry>()
  #queries = 0

  constructor(context: Context) {
    this.#context = context
  }

  /** Makes the relations of all objects that are kept. Within a transaction. */
  load(now: bigint): void {
    this.apply({ added: listObjects(this.#context.backend), dropped: [] }, now)
  }

  /** Follows DDL. Throws where a materialized view cannot be maintained. Within a transaction. */
  apply({ added, dropped }: CatalogChange, now: bigint): void {
    const before = this.#entries
    this.#entries = new Map(before)
    this.#context.backend.onRollback(() => {
      this.#entries = before
    })
    for (const { id } of dropped) this.#entries.delete(id)
    for (const object of added) this.#entries.set(object.id, this.#make(object, now))
  }

  get entries(): ReadonlyMap<string, Entry> {
    return this.#entries
  }

  /**
   * An object has another name. The queries of what is made of a table name it, so these are made anew, with no more past
   * than that; refused where one is followed. Within a transaction.
   */
  rename(object: CatalogObject, now: bigint, isFollowed: (relation: Relation) => boolean): void {
    const entry = this.#entries.get(object.id)
    const affected =
      entry?.relation && object.kind === 'table'
        ? [...this.#entries.values()].filter(({ relation }) => relation && isMadeOf(relation, entry.relation))
        : []
    if (affected.some(({ relation }) => relation && isFollowed(relation))) {
      throw unsupported('ALTER TABLE RENAME of a table that is being subscribed to')
    }
    const before = this.#entries
    this.#entries = new Map(before).set(object.id, {
      relation: undefined,
      failure: undefined,
      ...entry,
      object,
    })
    this.#context.backend.onRollback(() => {
      this.#entries = before
    })
    for (const { relation } of affected.toReversed()) {
      if (relation) this.dataflow.remove(relation, (each) => before.has(each.id) && !isMadeOf(each, relation))
    }
    for (const {
      object: { id },
    } of affected) {
      const kept = this.#entries.get(id)
      if (kept) this.#entries.set(id, this.#make(kept.object, now))
    }
  }

  #make(object: CatalogObject, now: bigint): Entry {
    if (object.kind === 'index') return { object, relation: undefined, failure: undefined }
    const columns = readColumns(this.#context, `SELECT * FROM ${sqlName(object)}`)
    if (object.kind === 'table') {
      const relation = new Table(
        this.#context,
        object.id,
        { schema: object.schema, table: object.name },
        columns,
        now,
      )
      this.#add(relation)
      return { object, relation, failure: undefined }
    }
    try {
      const relation = this.#context.backend.savepoint(() =>
        this.#addAll(this.#compile(object.id, sqlName(object), columns, now)),
      )
      return { object, relation, failure: undefined }
    } catch (failure) {
      if (!(failure instanceof StatementError) || object.kind === 'materialized-view') throw failure
      return { object, relation: undefined, failure }
    }
  }

  #compile(
    id: string,
    view: string,
    columns: readonly Column[],
    now: bigint,
    over = (source: Relation): Relation => source,
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

  #addAll({ relation, made }: Compiled): Relation {
    for (const each of made) this.#add(each)
    return relation
  }

  #add(relation: Relation): void {
    this.dataflow.add(relation)
    this.#context.backend.onRollback(() => this.dataflow.forget(relation))
  }

  #resolve(schema: string, name: string): Relation | undefined {
    const entry = this.lookUp(schema, name)
    if (entry?.failure) throw entry.failure
    return entry?.relation
  }

  /** An object by its whole name, or where the search path finds it. */
  lookUp(schema: string | undefined, name: string): Entry | undefined {
    if (schema === undefined) return this.lookUp('public', name) ?? this.lookUp(TEMPORARY, name)
    for (const entry of this.#entries.values()) {
      const { object } = entry
      if (object.name === name && object.schema === schema) return entry
    }
    return undefined
  }

  /** An object by its name, of one to three parts. */
  find(parts: readonly string[]): Entry {
    const [name = '', schema, database = 'materialize'] = [...parts].reverse()
    if (database !== 'materialize') throw internalError(`unknown database '${database}'`)
    const entry = this.lookUp(schema, name)
    if (!entry) throw this.#unknown(parts)
    if (entry.object.kind === 'index') {
      const full = fullName(entry.object)
      throw internalError(
        this.#context.era === 'tail'
          ? `catalog item '${full}' is an index and so cannot be depended upon`
          : `'${full}' cannot be subscribed to because it is a index`,
      )
    }
    return entry
  }

  #unknown(parts: readonly string[]): StatementError {
    const { backend, era } = this.#context
    const [name = '', schema] = [...parts].reverse()
    const exists = (sql: string) => backend.query(sql).length > 0
    if (schema !== undefined && !exists(`SELECT FROM pg_namespace WHERE nspname = ${quoteText(schema)}`)) {
      return internalError(`unknown schema '${schema}'`)
    }
    const isType = exists(
      `SELECT FROM pg_type WHERE typname = ${quoteText(name)} AND typnamespace = 'pg_catalog'::regnamespace AND typtype = 'b'`,
    )
    if (era === 'tail' && isType && (schema === undefined || schema === 'pg_catalog')) {
      return internalError(`catalog item 'pg_catalog.${name}' is a type and so cannot be depended upon`)
    }
    return internalError(`unknown catalog item '${parts.join('.')}'`)
  }

  /** The tables and materialized views that a relation is read from: itself, or those beneath. */
  stored(relation: Relation): CatalogObject[] {
    const object = this.#entries.get(relation.id)?.object
    if (object && object.kind !== 'view') return [object]
    return [...new Set(relation.sources.flatMap((source) => this.stored(source)))]
  }

  /** A relation for a query that is no object. Within a transaction. */
  query(sql: string, columns: readonly Column[], now: bigint): Relation {
    return this.#addAll(this.#compileQuery(sql, columns, now))
  }

  /**
   * A query, or a plain view, over others in place of its sources, which `over` gives. It belongs to the caller. Within
   * a transaction, at the time `now`.
   */
  compileOver(
    of: { readonly sql: string } | CatalogObject,
    columns: readonly Column[],
    now: bigint,
    over: (source: Relation) => Relation,
  ): Compiled {
    if ('sql' in of) return this.#compileQuery(of.sql, columns, now, over)
    return this.#compile(`q${++this.#queries}`, sqlName(of), columns, now, over)
  }

  #compileQuery(
    sql: string,
    columns: readonly Column[],
    now: bigint,
    over?: (source: Relation) => Relation,
  ): Compiled {
    const { backend } = this.#context
    const id = `q${++this.#queries}`
    const named = columns.map((column, index) => ({ ...column, name: `c${index + 1}` }))
    const view = quoteName(`mz:${id}`)
    backend.query(`CREATE TEMP VIEW ${view} (${named.map(({ name }) => name).join()}) AS ${sql}`)
    const compiled = this.#compile(id, `pg_temp.${view}`, named, now, over)
    backend.query(`DROP VIEW pg_temp.${view}`)
    return compiled
  }

  /** Lets go of a relation unless it is an object, or something needs it. */
  release(relation: Relation, isFollowed: (relation: Relation) => boolean): void {
    const objects = new Set([...this.#entries.values()].map((entry) => entry.relation))
    this.dataflow.remove(relation, (each) => objects.has(each) || isFollowed(each))
  }
}
