import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startServer } from '../engine/server.ts'
import { createLog } from '../log.ts'
import { connect } from '../materialize/connect.ts'
import { setUpDemo } from '../materialize/sql/set-up.ts'
import { withSession } from './session.ts'
import { writeReadings } from './writer.ts'

const log = createLog('writer test')
log.level = 'silent'

let server: Awaited<ReturnType<typeof startServer>>
const ending = new AbortController()

beforeEach(async () => {
  server = await startServer()
}, 60_000)

afterEach(async () => {
  ending.abort()
  await server.close()
})

describe('writeReadings', { timeout: 90_000 }, () => {
  it('heals when two began at the same time', async () => {
    const url = `postgres://materialize@127.0.0.1:${server.port}/materialize`
    const client = await connect(url, { applicationName: 'test' })
    await setUpDemo(client, 'TAIL')
    // Both look before either writes, so neither sees the other.
    const network = { seed: 1, sensors: 4, intervalMs: 1000 }
    let begin = () => {}
    const both = new Promise<void>((resolve) => {
      begin = resolve
    })
    let connected = 0
    const writers = [1, 2].map(() =>
      withSession(url, ending.signal, async (session) => {
        if (++connected === 2) begin()
        await both
        await writeReadings(network, session, log)
      }).catch(() => {}),
    )
    const newest = async (): Promise<number[]> => {
      const { rows } = await client.query(
        'SELECT count(*) AS n FROM sensors GROUP BY "timestamp" ORDER BY "timestamp" DESC LIMIT 3',
      )
      return rows.map(({ n }) => Number(n))
    }
    const all = (counts: number[], test: (n: number) => boolean) => counts.length === 3 && counts.every(test)
    await expect.poll(async () => all(await newest(), (n) => n > 4), { timeout: 20_000 }).toBe(true)
    await expect.poll(async () => all(await newest(), (n) => n <= 4), { timeout: 60_000 }).toBe(true)
    ending.abort()
    await Promise.all(writers)
    await client.end()
  })
})
