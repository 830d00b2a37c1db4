import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { type Bench, median, quantile } from './support/figure.ts'
import { Load } from './support/load.ts'
import { clockMs } from './support/process.ts'
import { startOurs } from './support/servers.ts'
import { createSource, drive } from './support/source.ts'

const CLIENTS = 100
const EVENTS_PER_SECOND = 10

/** From the beginning of a commit to the event at a client, against a bare `pg` client that reads the same cursor. */
export const latency: Bench = async ({ isFull }) => {
  const rounds = isFull ? 7 : 4
  const [ours, load] = [await startOurs(), await Load.start()]
  const bare = new Client({ connectionString: ours.databaseUrl })
  try {
    const source = await createSource(ours, 'latency')
    await load.open(ours.streamUrl('latency'), CLIENTS, { wantsTimes: true })
    await bare.connect()
    await bare.query('BEGIN')
    await bare.query('DECLARE c CURSOR FOR TAIL latency WITH (SNAPSHOT = false, PROGRESS)')
    const fetched = new Map<number, number>()
    const fetching = (async () => {
      for (;;) {
        const { rows } = await bare.query('FETCH 1000 c')
        for (const { n } of rows) if (n !== null) fetched.set(Number(n), clockMs())
      }
    })().catch(() => {})
    await sleep(1_500)
    await drive(source, EVENTS_PER_SECOND, 2_000)
    const results: { quantile: number; ours: number; bare: number }[] = []
    for (let round = 0; round < rounds; round++) {
      await load.take()
      const sentAt = await drive(source, EVENTS_PER_SECOND, 5_000)
      await sleep(500)
      const { receipts } = await load.take()
      const mine = receipts.flatMap(([n, atMs]) => (sentAt.has(n) ? [atMs - (sentAt.get(n) ?? 0)] : []))
      const theirs = [...sentAt].map(([n, atMs]) => (fetched.get(n) ?? Number.NaN) - atMs)
      if (mine.length !== sentAt.size * CLIENTS)
        process.stderr.write(`  ${mine.length} of ${sentAt.size * CLIENTS} came alone\n`)
      for (const q of [0.5, 0.99])
        results.push({ quantile: q, ours: quantile(mine, q), bare: quantile(theirs, q) })
    }
    await bare.end()
    await fetching
    return [0.5, 0.99].map((q) => {
      const of = results.filter((one) => one.quantile === q)
      return {
        measure: `commit to event, p${q * 100}, ${CLIENTS} clients`,
        ours: median(of.map((one) => one.ours)),
        baseline: median(of.map((one) => one.bare)),
        unit: 'ms',
        against: 'FETCH of a bare pg client',
        bar: 2,
        ratios: of.map((one) => one.ours / one.bare),
      }
    })
  } finally {
    await Promise.allSettled([bare.end(), ours.stop(), load.stop()])
  }
}
