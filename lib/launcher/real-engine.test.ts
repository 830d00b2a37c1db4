import { describe, expect, it } from 'vitest'
import { connect } from '../materialize/connect.ts'
import { isRunning, Launched, until } from './fixtures/launched.ts'

const START_TIMEOUT_MS = 60_000

async function countReadings(url: string): Promise<number> {
  const client = await connect(url, { applicationName: 'test' })
  try {
    const { rows } = await client.query('SELECT count(*) AS n FROM sensors_view')
    return Number(rows[0]?.n)
  } finally {
    await client.end()
  }
}

/** Everything but the app as it is. */
describe('launch with the embedded engine', { timeout: 120_000 }, () => {
  it('serves the demo, mends a killed engine, and ends without a trace', async () => {
    await using launched = await Launched.start({ REAL: '1', SENSORS: '3' })
    await until('it is ready', () => launched.out.includes('Tailboard is ready'), START_TIMEOUT_MS)
    const url = /psql (postgres:\S+)/.exec(launched.out)?.[1] ?? ''
    const isFull = async () => (await countReadings(url).catch(() => 0)) > 3 * 500
    await until('the window is full', isFull)

    const [engine = 0] = launched.loggedPids('engine')
    process.kill(engine, 'SIGKILL')
    await until('a second engine runs', () => launched.loggedPids('engine').length === 2)
    await until('the window is full again', isFull, START_TIMEOUT_MS)

    const pids = [...launched.loggedPids('engine'), ...launched.loggedPids('simulator'), ...launched.allPids]
    expect(pids.filter(isRunning).length).toBe(3)
    const askedMs = Date.now()
    launched.process.kill('SIGINT')
    expect(await launched.exited).toBe(0)
    expect(Date.now() - askedMs).toBeLessThan(5_000)
    expect(pids.filter(isRunning)).toEqual([])
  })

  it('takes engine and simulator along when it is killed', async () => {
    await using launched = await Launched.start({ REAL: '1', SENSORS: '3' })
    await until('it is ready', () => launched.out.includes('Tailboard is ready'), START_TIMEOUT_MS)
    const pids = [...launched.loggedPids('engine'), ...launched.loggedPids('simulator'), ...launched.allPids]
    expect(pids.length).toBe(3)
    launched.process.kill('SIGKILL')
    await until('all are gone', () => !pids.some(isRunning))
  })
})
