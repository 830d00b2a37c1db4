import type { ClientBase } from 'pg'
import type { Column } from '../../protocol/events.ts'
import type { Word } from '../dialect.ts'
import { isUnknownRelation } from '../errors.ts'
import { demoRelations } from './demo.ts'
import type { RelationSql } from './relation.ts'

/** An object of the name of a demo relation exists, and is something else. */
export class RelationConflictError extends Error {
  override readonly name = 'RelationConflictError'
  constructor(relation: RelationSql, found: readonly Column[]) {
    super(
      `The database has another ${relation.name}: it should have the columns ${list(relation.columns)}, ` +
        `and has ${list(found)}. Rename it, or use another database`,
    )
  }
}

const list = (columns: readonly Column[]): string =>
  columns.map((column) => `${column.name} ${column.type}`).join(', ')

/**
 * Creates the demo relations that are missing and leaves what is there. May be repeated, and run twice at once. Throws
 * {@link RelationConflictError} where an object of the name lacks a column or has it with another type; columns beyond
 * ours do no harm.
 */
export async function setUpDemo(client: ClientBase, word: Word): Promise<void> {
  for (const relation of demoRelations(word)) {
    const found = (await columnsOf(client, relation)) ?? (await create(client, relation))
    const types = new Map(found.map(({ name, type }) => [name, type]))
    if (relation.columns.some(({ name, type }) => types.get(name) !== type)) {
      throw new RelationConflictError(relation, found)
    }
  }
}

/** Undefined where there is no such relation, or an index, which shows no columns. */
async function columnsOf(client: ClientBase, { name }: RelationSql): Promise<Column[] | undefined> {
  try {
    const { rows } = await client.query<Column>(`SHOW COLUMNS FROM ${name}`)
    if (rows.length === 0) return undefined
    return rows.map((column) => ({ name: column.name, type: column.type }))
  } catch (error) {
    if (isUnknownRelation(error)) return undefined
    throw error
  }
}

async function create(client: ClientBase, relation: RelationSql): Promise<readonly Column[]> {
  try {
    // Alone: neither era takes DDL among other statements of a transaction.
    await client.query(relation.create)
    return relation.columns
  } catch (error) {
    // Somebody else may have been quicker.
    const found = await columnsOf(client, relation)
    if (found === undefined) throw error
    return found
  }
}
