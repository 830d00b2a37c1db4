import type { Duplex } from 'node:stream'
import { Client, Pool } from 'pg'

const CONNECT_TIMEOUT_MS = 5_000
const KEEP_ALIVE_DELAY_MS = 10_000
const POOL_SIZE = 4

/** Every value as the text that the server sent: decoding is ours, so that no precision is lost. */
export const RAW_TYPES = { getTypeParser: () => (text: string | Buffer) => text }

/** A read of the catalog that takes so long gets no answer any more. */
const READ_TIMEOUT_MS = 5_000

export interface ConnectOptions {
  /** The name under which the database lists the connection. */
  readonly applicationName: string
  /** A statement that is not answered by then rejects, in milliseconds; the connection is then of no more use. */
  readonly timeoutMs?: number
}

const config = (url: string, { applicationName, timeoutMs }: ConnectOptions) => ({
  connectionString: url,
  application_name: applicationName,
  connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  keepAlive: true,
  keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY_MS,
  ...(timeoutMs && { query_timeout: timeoutMs }),
})

/**
 * A connection of its own, ready to use; TLS by the URL's `sslmode`, `sslrootcert`, `sslcert` and `sslkey`. Rejects
 * where none can be made within 5 s. The caller ends it with {@link disconnect}, which is also what interrupts a waiting statement.
 */
export async function connect(url: string, options: ConnectOptions): Promise<Client> {
  const client = new Client(config(url, options))
  // A connection also fails while no query runs; without a listener that would end the process. The next query tells.
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    await disconnect(client)
    throw error
  }
  return client
}

/** A server that hears the farewell hangs up at once. */
const FAREWELL_MS = 1_000

/**
 * Ends a connection, and with it a statement that waits. Resolves within a second, also where the network no longer
 * carries anything: the farewell is for the server's sake alone. May be called twice.
 */
export async function disconnect(client: Client): Promise<void> {
  const deadline = setTimeout(() => streamOf(client).destroy(), FAREWELL_MS)
  await client.end().catch(() => {})
  clearTimeout(deadline)
}

// pg destroys the stream by itself only while a statement runs, else it waits for the server, for ever.
const streamOf = (client: Client): Duplex =>
  (client as unknown as { connection: { stream: Duplex } }).connection.stream

/** Connections for short statements. Never for a cursor: its transaction would pin the connection. */
export function openPool(
  url: string,
  { applicationName, timeoutMs = READ_TIMEOUT_MS }: ConnectOptions,
): Pool {
  const pool = new Pool({ ...config(url, { applicationName, timeoutMs }), max: POOL_SIZE })
  pool.on('error', () => {})
  return pool
}

/** The database that a URL leads to. */
export function databaseOf(url: string): string {
  return new Client({ connectionString: url }).database ?? 'materialize'
}
