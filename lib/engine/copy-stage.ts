import { deparseSync } from 'pgsql-parser'
import { type Backend, quoteName } from './backend.ts'
import { copyInFrames } from './frames.ts'
import { CsvRowEnds, type RowEnds, TextRowEnds } from './row-ends.ts'
import type { Statement } from './statement.ts'
import { type Node, parseStatements } from './views/syntax.ts'

type CopyStatement = Extract<Node, { CopyStmt: unknown }>['CopyStmt']

/** What is kept here at most, but for a row that is larger. */
const CHUNK_BYTES = 1_000_000

let tables = 0

/**
 * The rows of a COPY FROM on their way. PGlite is one session, which a COPY that lasts would keep from everybody, and
 * rows come as slowly as their client likes. So they wait in a temporary table, to which each megabyte goes as it comes,
 * and when all are there one statement puts them where they belong: one commit with one timestamp, or none.
 */
export class CopyStage {
  readonly #backend: Backend
  readonly #sql: string
  readonly #statement: CopyStatement | undefined
  readonly #ends: RowEnds
  #waiting: Uint8Array[] = []
  #size = 0
  /** How many of the bytes that wait belong to whole rows. */
  #whole = 0
  /** Where the rows wait, once a megabyte has come. */
  #table: string | undefined

  constructor(backend: Backend, sql: string) {
    this.#backend = backend
    this.#sql = sql
    this.#statement = parseCopy(sql)
    this.#ends = rowEnds(this.#statement)
  }

  /** How many bytes wait here. */
  get size(): number {
    return this.#size
  }

  /** Takes bytes as they come, cut anywhere. Throws StatementError where PGlite refuses a row. */
  add(bytes: Uint8Array): void {
    const end = this.#ends.last(bytes)
    if (end > 0) this.#whole = this.#size + end
    this.#waiting.push(bytes)
    this.#size += bytes.length
    if (this.#size >= CHUNK_BYTES && this.#whole > 0) this.#store(this.#whole)
  }

  /** The statement that puts all rows where they belong. */
  finish(): Statement {
    if (this.#table === undefined || !this.#statement) {
      return { sql: this.#sql, frames: copyInFrames(this.#sql, this.#waiting) }
    }
    this.#store(this.#size)
    const columns = columnsOf(this.#statement)
    const list = columns.length > 0 ? ` (${columns.join()})` : ''
    return {
      sql: `INSERT INTO ${targetOf(this.#statement)}${list} SELECT * FROM pg_temp.${quoteName(this.#table)}`,
    }
  }

  /** What is not committed by now is forgotten. May be called twice. */
  close(): void {
    if (this.#table !== undefined)
      this.#backend.query(`DROP TABLE IF EXISTS pg_temp.${quoteName(this.#table)}`)
    this.#table = undefined
    this.#waiting = []
    this.#size = 0
  }

  #store(length: number): void {
    if (!this.#statement || length === 0) return
    const bytes = Buffer.concat(this.#waiting)
    const isFirst = this.#table === undefined
    const table = this.#table ?? this.#makeTable(this.#statement)
    this.#backend.copyIn(intoTable(this.#statement, table, isFirst), bytes.subarray(0, length))
    const rest = bytes.subarray(length)
    this.#waiting = rest.length > 0 ? [rest] : []
    this.#size = rest.length
    this.#whole = 0
  }

  #makeTable(statement: CopyStatement): string {
    const table = `mz:copy:${++tables}`
    this.#backend.query(
      `CREATE TEMP TABLE ${quoteName(table)} AS SELECT ${columnsOf(statement).join() || '*'} FROM ${targetOf(statement)} LIMIT 0`,
    )
    this.#table = table
    return table
  }
}

/** Undefined where it is not PostgreSQL's SQL: PGlite is to say why. */
function parseCopy(sql: string): CopyStatement | undefined {
  try {
    const [statement] = parseStatements(sql)
    return statement && 'CopyStmt' in statement ? statement.CopyStmt : undefined
  } catch {
    return undefined
  }
}

const targetOf = ({ relation }: CopyStatement): string =>
  [relation?.schemaname, relation?.relname].flatMap((part) => (part ? [quoteName(part)] : [])).join('.')

const columnsOf = ({ attlist }: CopyStatement): string[] =>
  (attlist ?? []).flatMap((item) => ('String' in item ? [quoteName(item.String.sval ?? '')] : []))

/** The same COPY into another table, without its columns, for that has no others. A header comes but once. */
function intoTable(statement: CopyStatement, table: string, isFirst: boolean): string {
  const { attlist: _, options = [], ...rest } = statement
  const kept = isFirst ? options : options.filter((option) => optionName(option) !== 'header')
  return deparseSync({
    CopyStmt: {
      ...rest,
      options: kept,
      relation: { ...rest.relation, schemaname: 'pg_temp', relname: table },
    },
  } as Node)
}

const optionName = (option: Node): string | undefined =>
  'DefElem' in option ? option.DefElem.defname : undefined

function optionOf({ options = [] }: CopyStatement, name: string): string | undefined {
  for (const option of options) {
    if (!('DefElem' in option) || option.DefElem.defname !== name) continue
    const { arg } = option.DefElem
    return arg && 'String' in arg ? arg.String.sval : undefined
  }
  return undefined
}

function rowEnds(statement: CopyStatement | undefined): RowEnds {
  if (!statement || optionOf(statement, 'format') !== 'csv') return new TextRowEnds()
  const quote = optionOf(statement, 'quote') ?? '"'
  return new CsvRowEnds(quote, optionOf(statement, 'escape') ?? quote)
}
