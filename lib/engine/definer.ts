import {
  type CatalogChange,
  type CatalogObject,
  fullName,
  keepBody,
  sqlName,
  synchronize,
} from './catalog.ts'
import { TEMPORARY } from './catalog-sql.ts'
import { internalError } from './errors.ts'
import { noticeMessage } from './frames.ts'
import { IndexObjects } from './index-objects.ts'
import { keepNotNull } from './not-null.ts'
import { checkDrop, checkKind, kindWord } from './object-kinds.ts'
import { bodyOf } from './print/created.ts'
import type { Registry } from './registry.ts'
import { rename } from './rename.ts'
import { exchange, notices, type Statement, synthesize } from './statement.ts'
import type { Context } from './views/relation.ts'
import type { Definition } from './work.ts'

/** What marks our own notice among PostgreSQL's, which tells the same in other words. */
export const CASCADES = 'MZ000'

/** What the client is told, and what the objects are now. */
interface Defined {
  readonly answer: Uint8Array
  readonly change: CatalogChange
}

/** Runs DDL: PGlite's where it has such a thing, and ours where it has not. */
export class Definer {
  readonly #context: Context
  readonly #registry: Registry
  readonly #indexes: IndexObjects

  constructor(context: Context, registry: Registry) {
    this.#context = context
    this.#registry = registry
    this.#indexes = new IndexObjects(context, registry)
  }

  /** The objects that it made and dropped are in the catalog afterwards, but not in the registry. Within a transaction. */
  define(statement: Statement, work: Definition): Defined {
    const tagged = synthesize(statement, work.tag)
    const notice = this.#alreadyThere(work)
    if (notice) return { answer: Buffer.concat([notice, tagged]), change: { added: [], dropped: [] } }
    if (work.drop) checkDrop(this.#registry, this.#context.era, work.drop)
    const change = this.#defineHere(work)
    return change ? { answer: tagged, change } : this.#defineInBackend(statement, work, tagged)
  }

  /** What PostgreSQL has no such statement for. */
  #defineHere({ rename: renaming, index, drop }: Definition): CatalogChange | undefined {
    if (renaming) {
      return { added: [], dropped: [], renamed: rename(this.#context, this.#registry, renaming) }
    }
    if (index) return this.#indexes.create(index)
    return drop?.type === 'index' ? this.#indexes.drop(drop.names, drop.ifExists) : undefined
  }

  /** PGlite makes it, and the catalog follows. */
  #defineInBackend(statement: Statement, work: Definition, tagged: Uint8Array): Defined {
    this.#refuseTemporarySource(work)
    this.#dropReplaced(work)
    const plain = work.sql === statement.sql
    const answer =
      work.sql === undefined
        ? new Uint8Array()
        : exchange(this.#context, plain ? statement : { sql: work.sql })
    const { materialized } = work
    const change = synchronize(
      this.#context.backend,
      (schema, name) => materialized?.relname === name && (materialized.schemaname ?? 'public') === schema,
    )
    for (const object of change.added) this.#keepBody(object, work.sql ?? statement.sql)
    const indexes =
      this.#context.era === 'tail'
        ? change.added
            .filter(({ kind }) => kind === 'materialized-view')
            .map((object) => this.#indexes.add(object, `${object.name}_primary_idx`))
        : []
    const told = plain ? answer : Buffer.concat([notices(answer), tagged])
    return {
      answer: Buffer.concat([this.#cascade(work, change.dropped), told]),
      change: { added: [...change.added, ...indexes], dropped: change.dropped },
    }
  }

  /** The later servers tell what a DROP took along. */
  #cascade({ drop }: Definition, dropped: readonly CatalogObject[]): Uint8Array {
    const named = new Set(drop?.type === 'other' ? [] : drop?.names.map((parts) => parts.at(-1)))
    const along = dropped
      .map((object) => this.#registry.entries.get(object.id)?.object ?? object)
      .filter(({ name }) => !named.has(name))
    if (!drop || along.length === 0 || this.#context.era === 'tail') return new Uint8Array()
    const detail = along
      .map(
        (object) => `drop cascades to ${kindWord(object, 'subscribe').toUpperCase()} "${fullName(object)}"`,
      )
      .join('\n')
    const message = `drop cascades to ${along.length} other objects`
    return noticeMessage({ severity: 'NOTICE', code: CASCADES, message, detail })
  }

  /** The notice of IF NOT EXISTS. */
  #alreadyThere({ view, index, materialized }: Definition): Uint8Array | undefined {
    const wanted = view?.ifNotExists ? view.name.relname : index?.ifNotExists ? index.name : undefined
    const schema = view?.name.schemaname ?? index?.on.at(-2) ?? 'public'
    if (wanted === undefined || !this.#registry.lookUp(schema, wanted)) return undefined
    const word = materialized && this.#context.era === 'subscribe' ? 'materialized view' : 'view'
    const kind = view ? word : 'index'
    const message =
      this.#context.era === 'tail'
        ? `${kind} already exists, skipping`
        : `${kind} "${wanted}" already exists, skipping`
    return noticeMessage({ severity: 'NOTICE', code: '42710', message })
  }

  /** For SHOW CREATE and the catalog. */
  #keepBody({ id, oid, kind }: CatalogObject, sql: string): void {
    const body = bodyOf(sql, this.#context.era, (schema, name) => this.#registry.lookUp(schema, name)?.object)
    keepBody(this.#context.backend, id, body)
    if (kind !== 'table') keepNotNull(this.#context, { id, oid })
  }

  /** What stays cannot be made of what goes with its session. */
  #refuseTemporarySource({ view }: Definition): void {
    if (!view || view.name.schemaname === TEMPORARY) return
    for (const { schemaname, relname = '' } of view.reads ?? []) {
      if (this.#registry.lookUp(schemaname, relname)?.object.schema !== TEMPORARY) continue
      throw internalError(`non-temporary items cannot depend on temporary item '${relname}'`)
    }
  }

  #dropReplaced({ view, materialized }: Definition): void {
    if (!view?.replace) return
    const { schemaname: schema = 'public', relname = '' } = view.name
    const entry = this.#registry.lookUp(schema, relname)
    if (!entry) return
    const type = materialized && this.#context.era === 'subscribe' ? 'materialized view' : 'view'
    checkKind(entry.object, type, this.#context.era)
    if (view.readsItself) {
      const full = fullName(entry.object)
      throw internalError(`cannot replace view ${full}: depended upon by new ${full} definition`)
    }
    this.#context.backend.query(`DROP VIEW ${sqlName(entry.object)}`)
  }
}
