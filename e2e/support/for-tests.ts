import { Client } from 'pg'
import { test } from 'playwright/test'
import { ReadingsWriter } from './readings.ts'
import { startTailboard, type Tailboard } from './tailboard.ts'

/** Enough for an engine and the history of a thousand sensors on a machine that others use as well. */
const START_MS = 300_000

type Env = Record<string, string>

interface TailboardForTests extends Tailboard {
  /** Starts it once more where it was, after it has been stopped or killed. */
  startAgain(): Promise<void>
}

/** A Tailboard for all tests of a file: started before the first, ended after the last. It has no url before that. */
export function tailboardForTests(env: Env = {}): TailboardForTests {
  let started: Tailboard | undefined
  const running = () => there(started)
  test.beforeAll(async () => {
    test.setTimeout(START_MS)
    started = await startTailboard(env)
  })
  test.afterAll(() => started?.stop())
  return {
    get url() {
      return running().url
    },
    get databaseUrl() {
      return running().databaseUrl
    },
    get pid() {
      return running().pid
    },
    output: () => running().output(),
    stop: () => running().stop(),
    kill: () => running().kill(),
    startAgain: async () => {
      started = await startTailboard({ ...env, PORT: new URL(running().url).port })
    },
  }
}

interface Fed {
  readonly tailboard: Tailboard
  /** The connection of a program to its database. */
  readonly database: Pick<Client, 'query'>
  /** Writes readings over the same connection. */
  readonly writer: ReadingsWriter
}

/** The same for tests that write into its database; what they write stands in each of them. */
export function fedTailboardForTests(env: Env = {}): Fed {
  const tailboard = tailboardForTests(env)
  let client: Client | undefined
  const database: Fed['database'] = {
    get query() {
      const connected = there(client)
      return connected.query.bind(connected) as Client['query']
    },
  }
  const writer = new ReadingsWriter(database)
  test.beforeAll(async () => {
    client = new Client({ connectionString: tailboard.databaseUrl })
    // Tailboard, and the database with it, may end first.
    client.on('error', () => {})
    await client.connect()
  })
  test.afterAll(async () => {
    await writer.rest()
    await client?.end()
  })
  return { tailboard, database, writer }
}

function there<T>(it: T | undefined): T {
  if (it === undefined) throw new Error('Tailboard runs only while tests do')
  return it
}
