import { quoteText } from './backend.ts'
import {
  type CatalogChange,
  type CatalogObject,
  fullName,
  keepBody,
  sqlName,
  synchronize,
} from './catalog.ts'
import { TEMPORARY } from './catalog-sql.ts'
import { showColumns } from './columns.ts'
import { internalError, StatementError } from './errors.ts'
import {
  type BackendMessage,
  noticeMessage,
  queryFrame,
  readError,
  readMessages,
  readTag,
  syncFrame,
  tagMessage,
} from './frames.ts'
import { IndexObjects } from './index-objects.ts'
import { keepNotNull } from './not-null.ts'
import { bodyOf } from './print/created.ts'
import type { Registry } from './registry.ts'
import { article, rename } from './rename.ts'
import type { Definition, DropType, Work } from './rewrite.ts'
import { MAX_TIMESTAMP, nowFunction } from './time-sql.ts'
import type { Context } from './views/relation.ts'
import type { RangeVar } from './views/syntax.ts'
import { Table } from './views/table.ts'

/** One ordinary statement. */
export interface Statement {
  readonly sql: string
  /**
   * Frontend messages to hand to PGlite in place of a simple Query, without Sync: Parse, Bind, Describe, Execute
   * with the unnamed statement and portal; or Query, CopyData and CopyDone for COPY FROM.
   */
  readonly frames?: Uint8Array
}

/** Runs statements one by one and makes their answers Materialize's. Knows nothing of transactions. */
export class Executor {
  readonly #context: Context
  readonly #registry: Registry
  readonly #indexes: IndexObjects

  constructor(context: Context, registry: Registry) {
    this.#context = context
    this.#registry = registry
    this.#indexes = new IndexObjects(context, registry)
  }

  setNow(timestamp: bigint): void {
    this.#context.backend.query(`SELECT set_config('mz.now', '${timestamp}', false)`)
  }

  read(statement: Statement, work: Extract<Work, { kind: 'read' }>, now: bigint): Uint8Array {
    // Without a relation there is no time to read at: the older server answers the end of time.
    const isEternal =
      this.#context.era === 'tail' && work.fromNothing && statement.sql.includes(nowFunction('tail'))
    this.setNow(isEternal ? MAX_TIMESTAMP : now)
    if (isRun(statement)) {
      for (const { schemaname, relname = '' } of work.from) this.#refuseFailing(schemaname, relname)
    }
    return this.#exchange(statement)
  }

  /** PostgreSQL computes only what is asked for; what is materialized is read whole, with its errors. */
  #refuseFailing(schema: string | undefined, name: string): void {
    const { object, relation } = this.#registry.lookUp(schema, name) ?? {}
    if (object?.kind !== 'materialized-view') return
    const failure = relation?.failure()
    if (failure !== undefined) throw internalError(`Evaluation error: ${failure}`)
  }

  write(statement: Statement, work: Extract<Work, { kind: 'write' }>): Uint8Array {
    const updated = work.updates && this.#table(work.updates)
    if (!updated) return this.#exchange(statement)
    const before = updated.countChanges()
    const answer = this.#exchange(statement)
    return retag(answer, (tag) => (tag.startsWith('UPDATE') ? `UPDATE ${updated.netChanges(before)}` : tag))
  }

  /** Runs DDL; the objects it made and dropped are in the catalog, but not in the registry. */
  define(statement: Statement, work: Definition): { answer: Uint8Array; change: CatalogChange } {
    const nothing: CatalogChange = { added: [], dropped: [] }
    const notice = this.#alreadyThere(work)
    if (notice) return { answer: Buffer.concat([notice, synthesize(statement, work.tag)]), change: nothing }
    if (work.drop) this.#checkDrop(work.drop)
    if (work.rename) {
      const renamed = rename(this.#context, this.#registry, work.rename)
      return { answer: synthesize(statement, work.tag), change: { ...nothing, renamed } }
    }
    if (work.index) {
      return { answer: synthesize(statement, work.tag), change: this.#indexes.create(work.index) }
    }
    if (work.drop?.type === 'index') {
      const { names, ifExists } = work.drop
      return { answer: synthesize(statement, work.tag), change: this.#indexes.drop(names, ifExists) }
    }
    this.#refuseTemporarySource(work)
    this.#dropReplaced(work)
    const plain = work.sql === statement.sql
    const answer =
      work.sql === undefined ? new Uint8Array() : this.#exchange(plain ? statement : { sql: work.sql })
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
    const told = plain ? answer : Buffer.concat([notices(answer), synthesize(statement, work.tag)])
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

  /** Refuses what would drop another kind of object than it says. */
  #checkDrop({ type, names, ifExists }: NonNullable<Definition['drop']>): void {
    if (type === 'other') return
    if (type === 'materialized view' && this.#context.era === 'tail') {
      throw internalError('DROP MATERIALIZED VIEW is not allowed, use DROP VIEW')
    }
    this.#checkKinds(type, names, ifExists)
  }

  #checkKinds(type: DropType, names: readonly (readonly string[])[], ifExists = true): void {
    const { era } = this.#context
    for (const parts of names) {
      const name = parts.at(-1) ?? ''
      const object = this.#registry.lookUp(parts.at(-2), name)?.object
      if (object === undefined && NONE_OF.has(type) && !ifExists)
        throw internalError(`unknown catalog item '${name}'`)
      if (object === undefined || kindWord(object, era) === type) continue
      if (era === 'tail') throw internalError(`${fullName(object)} is not of type ${type.toUpperCase()}`)
      if (type === 'view' && object.kind === 'materialized-view') {
        throw internalError(`${name} is not a view`, {
          hint: 'Use DROP MATERIALIZED VIEW to remove a materialized view.',
        })
      }
      throw internalError(`${name} is ${article(kindWord(object, era))} not ${article(type)}`)
    }
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
    this.#checkKinds(type, [[schema, relname]])
    if (view.readsItself) {
      const full = fullName(entry.object)
      throw internalError(`cannot replace view ${full}: depended upon by new ${full} definition`)
    }
    this.#context.backend.query(`DROP VIEW ${sqlName(entry.object)}`)
  }

  #table(range: RangeVar): Table | undefined {
    const relation = this.#registry.lookUp(range.schemaname, range.relname ?? '')?.relation
    return relation instanceof Table ? relation : undefined
  }

  #exchange({ sql, frames }: Statement): Uint8Array {
    const bytes = this.#context.backend.exchange(
      frames ? Buffer.concat([frames, syncFrame]) : queryFrame(sql),
    )
    const answer: BackendMessage[] = []
    for (const message of readMessages(bytes)) {
      if (message.type === 'E') throw new StatementError(readError(message.body), join(answer))
      if (message.type === 'T') showColumns(this.#context, message.body)
      // What PGlite says of its own settings is not what ours are.
      if (message.type !== 'Z' && message.type !== 'S') answer.push(message)
    }
    return join(answer)
  }
}

/** Whether its rows are asked for, not its columns alone. */
const isRun = ({ frames }: Statement): boolean =>
  !frames || [...readMessages(frames)].some(({ type }) => type === 'E' || type === 'Q')

/** Kinds of objects that nobody can have made. */
const NONE_OF = new Set<DropType>(['source', 'sink', 'secret', 'connection'])

/** What marks our own notice among PostgreSQL's, which tells the same in other words. */
export const CASCADES = 'MZ000'

const kindWord = ({ kind }: CatalogObject, era: Context['era']): string =>
  era === 'tail' && kind === 'materialized-view' ? 'view' : kind.replace('-', ' ')

const join = (messages: readonly BackendMessage[]): Uint8Array =>
  Buffer.concat(messages.map(({ bytes }) => bytes))

const notices = (answer: Uint8Array): Uint8Array =>
  join([...readMessages(answer)].filter(({ type }) => type === 'N'))

function retag(answer: Uint8Array, change: (tag: string) => string): Uint8Array {
  const parts = [...readMessages(answer)].map(({ type, body, bytes }) =>
    type === 'C' ? tagMessage(change(readTag(body))) : bytes,
  )
  return Buffer.concat(parts)
}

const NO_BODY = (type: string): Uint8Array => Buffer.from([type.charCodeAt(0), 0, 0, 0, 4])
const ANSWERS: Readonly<Record<string, Uint8Array>> = {
  P: NO_BODY('1'),
  B: NO_BODY('2'),
  C: NO_BODY('3'),
  D: NO_BODY('n'),
}

/** The answer to a statement that PGlite did not run, or ran in other words. */
function synthesize({ frames }: Statement, tag: string): Uint8Array {
  if (!frames) return tagMessage(tag)
  return Buffer.concat(
    [...readMessages(frames)].map(({ type }) =>
      type === 'E' || type === 'Q' ? tagMessage(tag) : (ANSWERS[type] ?? new Uint8Array()),
    ),
  )
}

/** For the settings that functions in the database read. */
export const settingSql = (name: string, value: string): string =>
  `SELECT set_config(${quoteText(name)}, ${quoteText(value)}, false);`
