import {
  type CatalogChange,
  type CatalogObject,
  type Entry,
  fullName,
  listObjects,
  sqlName,
} from './catalog.ts'
import { TEMPORARY } from './catalog-sql.ts'
import type { Column } from './change.ts'
import { readColumns } from './columns.ts'
import { Dataflow } from './dataflow.ts'
import { internalError, StatementError } from './errors.ts'
import { unsupported } from './refuse.ts'
import { unknownName } from './unknown-name.ts'
import { type Compiled, ViewMaker } from './view-maker.ts'
import type { Context, Relation } from './views/relation.ts'
import { Table } from './views/table.ts'

/** The objects of the user by id, each with the relation that maintains it. */
export class Registry {
  readonly dataflow = new Dataflow()
  readonly #context: Context
  readonly #maker: ViewMaker
  #entries = new Map<string, Entry>()

  constructor(context: Context) {
    this.#context = context
    this.#maker = new ViewMaker(context, (schema, name) => this.#resolve(schema, name))
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
        ? [...this.#entries.values()].filter(({ relation }) => relation?.isMadeOf(entry.relation))
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
      if (relation) this.dataflow.remove(relation, (each) => before.has(each.id) && !each.isMadeOf(relation))
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
        this.#addAll(this.#maker.view(object.id, object, columns, now)),
      )
      return { object, relation, failure: undefined }
    } catch (failure) {
      if (!(failure instanceof StatementError) || object.kind === 'materialized-view') throw failure
      return { object, relation: undefined, failure }
    }
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
    if (!entry) throw unknownName(this.#context, parts)
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

  /** The tables and materialized views that a relation is read from: itself, or those beneath. */
  stored(relation: Relation): CatalogObject[] {
    const object = this.#entries.get(relation.id)?.object
    if (object && object.kind !== 'view') return [object]
    return [...new Set(relation.sources.flatMap((source) => this.stored(source)))]
  }

  /** A relation for a query that is no object. Within a transaction. */
  query(sql: string, columns: readonly Column[], now: bigint): Relation {
    return this.#addAll(this.#maker.query(sql, columns, now))
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
    if ('sql' in of) return this.#maker.query(of.sql, columns, now, over)
    return this.#maker.view(this.#maker.nextId(), of, columns, now, over)
  }

  /** Lets go of a relation unless it is an object, or something needs it. */
  release(relation: Relation, isFollowed: (relation: Relation) => boolean): void {
    const objects = new Set([...this.#entries.values()].map((entry) => entry.relation))
    this.dataflow.remove(relation, (each) => objects.has(each) || isFollowed(each))
  }
}
