import type { ClientBase, Pool } from 'pg'
import { NotMaterializeError } from './errors.ts'

/** Up to v0.26 Materialize says TAIL, later SUBSCRIBE. */
export type Word = 'TAIL' | 'SUBSCRIBE'

export interface Server {
  /** As `mz_version()` answers: `v0.26.1 (…)`. */
  readonly version: string
  readonly word: Word
  /** Stays the same over restarts, differs between databases. */
  readonly identity: string
}

const LAST_TAIL_MINOR = 26

/** The word that a version understands. Throws {@link NotMaterializeError} where the text is no version. */
export function wordOf(version: string): Word {
  const match = /^v(\d+)\.(\d+)\.(\d+)/.exec(version)
  if (!match) throw new NotMaterializeError(`mz_version() answered ${JSON.stringify(version)}`)
  return Number(match[1]) === 0 && Number(match[2]) <= LAST_TAIL_MINOR ? 'TAIL' : 'SUBSCRIBE'
}

export function otherWord(word: Word): Word {
  return word === 'TAIL' ? 'SUBSCRIBE' : 'TAIL'
}

const UNDEFINED_FUNCTION = '42883'

/** Asks a server who it is. Throws {@link NotMaterializeError} where it is something else. */
export async function identify(client: ClientBase | Pool): Promise<Server> {
  const version = await one(client, 'SELECT mz_version()').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === UNDEFINED_FUNCTION) {
      throw new NotMaterializeError(error)
    }
    throw error
  })
  const word = wordOf(version)
  const identity = await one(
    client,
    word === 'TAIL' ? 'SELECT mz_cluster_id()' : 'SELECT mz_environment_id()',
  )
  return { version, word, identity }
}

async function one(client: ClientBase | Pool, sql: string): Promise<string> {
  const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' })
  return String(rows[0]?.[0])
}
