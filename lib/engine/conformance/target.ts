import { Client } from './client.ts'

const LIMIT_MS = 15_000

export interface Address {
  readonly host: string
  readonly port: number
}

export interface Server extends Address {
  readonly era: 'tail' | 'subscribe'
}

/** A connection that has been let in. Throws where it is not, with what the server said. */
export async function connected(address: Address): Promise<Client> {
  const client = new Client(address)
  client.startUp({ user: 'materialize', database: 'materialize' })
  await client.until(client.idle, LIMIT_MS)
  if (client.count('ReadyForQuery') > 0) return client
  client.destroy()
  throw new Error(`${address.host}:${address.port} lets nobody in: ${JSON.stringify(client.take())}`)
}

/** The first column of what a query answers. Throws where it fails. */
async function ask(client: Client, sql: string): Promise<string[]> {
  client.take()
  client.query(sql)
  await client.until(client.idle, LIMIT_MS)
  const messages = client.take()
  const failure = messages.find(([kind]) => kind === 'ErrorResponse')
  if (failure) throw new Error(`${sql}: ${JSON.stringify(failure)}`)
  return messages.flatMap(([kind, row]) => (kind === 'DataRow' ? [(row as string[])[0] ?? ''] : []))
}

async function asking<Result>(address: Address, work: (ask: Ask) => Promise<Result>): Promise<Result> {
  const client = await connected(address)
  try {
    return await work((sql) => ask(client, sql))
  } finally {
    client.destroy()
  }
}

type Ask = (sql: string) => Promise<string[]>

/** Which words a server speaks, by the version that it tells. Throws where it tells none: it is no Materialize. */
export const eraAt = (address: Address): Promise<Server['era']> =>
  asking(address, async (ask) => {
    const [text = ''] = await ask('SELECT mz_version()')
    return /^v0\.(\d|1\d|2[0-6])\./.test(text) ? 'tail' : 'subscribe'
  })

/** How many user objects `empty` would drop. */
export const countObjects = (address: Address): Promise<number> =>
  asking(address, async (ask) => {
    const [count] = await ask(`SELECT count(*) FROM mz_catalog.mz_objects WHERE id LIKE 'u%'`)
    return Number(count)
  })

/** Drops every user object, and whatever database and schema they are in. */
export const empty = (address: Address): Promise<void> =>
  asking(address, async (ask) => {
    for (const name of await ask('SHOW DATABASES')) {
      if (name !== 'materialize') await ask(`DROP DATABASE ${quoted(name)} CASCADE`)
    }
    for (const name of await ask('SHOW SCHEMAS')) {
      if (!SYSTEM_SCHEMA.test(name)) await ask(`DROP SCHEMA materialize.${quoted(name)} CASCADE`)
    }
    await ask('CREATE SCHEMA materialize.public')
  })

const SYSTEM_SCHEMA = /^(mz_|pg_|information_schema$)/

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
