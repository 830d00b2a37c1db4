import { randomUUID } from 'node:crypto'
import { quoteText } from '../backend.ts'
import type { Database } from '../database.ts'
import { RUNNING } from '../running-sql.ts'

interface Objects {
  /** Ids of what the statement names, such as `u1`. */
  readonly referenced: readonly string[]
  /** Ids of the tables that it is read from. */
  readonly tables: readonly string[]
}

/** A subscription, from its first FETCH to the end of its transaction. */
interface Running extends Objects {
  readonly number: number
  readonly createdAt: string
}

/** What a subscription that names these relations is of. */
export function objectsOf({ names }: Database, relations: readonly (readonly string[])[]): Objects {
  const found = (parts: readonly string[]) => names.lookUp(parts) ?? []
  const known = relations.filter((name) => names.lookUp(name))
  const stored = known.flatMap((name) => names.storedUnder(name)).map((name) => name.split('.'))
  const tables = stored.flatMap(found).filter(({ kind }) => kind === 'table')
  return {
    referenced: known.flatMap(found).map(({ id }) => id),
    tables: [...new Set(tables.map(({ id }) => id))],
  }
}

/** One session, as others see it. */
export interface Presence {
  /** The UUID of the session. */
  readonly id: string
  subscribe(of: Objects): void
  /** CLOSE does not end a subscription, the end of its transaction does. */
  endSubscriptions(): void
  /** May be called twice. */
  leave(): void
  /** The statement that tells the database what runs now, in all sessions. */
  tellSql(): string
}

const SHOWN = /\bmz_(dataflow_names|sessions|subscriptions)\b/i

/** Whether a text names one of the relations that show what runs. */
export const asksWhatRuns = (sql: string): boolean => SHOWN.test(sql)

interface Member {
  readonly id: string
  readonly connectionId: number
  readonly connectedAt: string
  readonly subscriptions: Set<Running>
}

/**
 * The sessions of a server and their subscriptions. The relations that show them are views over a setting, which
 * is given its value just before a statement that names one of them: nothing is kept up while nobody asks.
 */
export class WhatRuns {
  readonly #members = new Set<Member>()
  #last = 0

  join(connectionId: number): Presence {
    const member = { id: randomUUID(), connectionId, connectedAt: now(), subscriptions: new Set<Running>() }
    this.#members.add(member)
    return {
      id: member.id,
      subscribe: (of) => {
        this.#last += 1
        member.subscriptions.add({ ...of, number: this.#last, createdAt: now() })
      },
      endSubscriptions: () => member.subscriptions.clear(),
      leave: () => this.#members.delete(member),
      tellSql: () => this.#tellSql(),
    }
  }

  #tellSql(): string {
    const sessions = Array.from(this.#members, ({ id, connectionId, connectedAt }) => ({
      id,
      connection_id: connectionId,
      connected_at: connectedAt,
    }))
    const subscriptions = [...this.#members].flatMap(({ id, subscriptions: all }) =>
      Array.from(all, ({ number, createdAt, referenced }) => ({
        id: `t${number}`,
        session_id: id,
        created_at: createdAt,
        referenced_object_ids: `{${referenced.join()}}`,
      })),
    )
    const names = [...this.#members].flatMap(({ subscriptions: all }) => [...all].flatMap(dataflows))
    const running = { sessions, subscriptions, dataflows: names.map((name, id) => ({ id, name })) }
    return `SELECT set_config('${RUNNING}', ${quoteText(JSON.stringify(running))}, false)`
  }
}

/** A TAIL is a dataflow of its own, and so is each table that it reads. */
const dataflows = ({ number, tables }: Running): string[] => [
  `Dataflow: tail-u${number}`,
  ...tables.map((id) => `Source dataflow: SourceDataflow(${randomUUID()}, User(${id.slice(1)}))`),
]

const now = (): string => new Date().toISOString()
