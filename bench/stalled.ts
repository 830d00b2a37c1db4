import { setTimeout as sleep } from 'node:timers/promises'
import { type Bench, median, quantile } from './support/figure.ts'
import { Load } from './support/load.ts'
import { settledBytes } from './support/process.ts'
import { startOurs } from './support/servers.ts'
import { createSource, drive } from './support/source.ts'
import { spreads } from './support/spread.ts'

const EVENTS_PER_SECOND = 10
/** Enough that the kernel's buffers of a client that does not read are full at once. */
const ROWS = 20_000
const PAD = 'x'.repeat(2_000)

/** Healthy clients with and without others beside them that never read. */
export const stalled: Bench = async ({ isFull }) => {
  const healthy = isFull ? 1_000 : 300
  const rounds = isFull ? 7 : 5
  const [ours, load, others] = [await startOurs(), await Load.start(), await Load.start()]
  try {
    const source = await createSource(ours, 'stalled', PAD)
    await ours.database.query(
      `INSERT INTO stalled SELECT n, 'row number ' || n || repeat(' of many', 20) FROM generate_series(1, ${ROWS}) AS g(n)`,
    )
    const url = ours.streamUrl('stalled')
    await load.open(url, healthy, { wantsTimes: true, withinMs: 2_000 })
    for (let have = 0; have < healthy; have += (await load.take()).snapshots.length) await sleep(500)
    await drive(source, EVENTS_PER_SECOND, 5_000)

    async function p99(): Promise<number> {
      await load.take()
      await drive(source, EVENTS_PER_SECOND, 5_000)
      await sleep(500)
      return quantile(spreads((await load.take()).receipts), 0.99)
    }

    const results: { alone: number; beside: number; before: number; after: number }[] = []
    for (let round = 0; round < rounds; round++) {
      const alone = await p99()
      await others.open(url, healthy / 10, { isStalled: true })
      await sleep(3_000)
      const before = await settledBytes(ours.pid)
      const beside = await p99()
      const after = await settledBytes(ours.pid)
      await others.close()
      await sleep(2_000)
      results.push({ alone, beside, before, after })
    }
    return [
      {
        measure: `p99 delivery, ${healthy} clients beside ${healthy / 10} that do not read`,
        ours: median(results.map(({ beside }) => beside)),
        baseline: median(results.map(({ alone }) => alone)),
        unit: 'ms',
        against: 'without them',
        bar: 1.2,
        ratios: results.map(({ beside, alone }) => beside / alone),
      },
      {
        measure: 'memory while they do not read',
        ours: median(results.map(({ after }) => after)) / 2 ** 20,
        baseline: median(results.map(({ before }) => before)) / 2 ** 20,
        unit: 'MiB',
        against: 'once they had stalled',
        bar: 1.1,
        ratios: results.map(({ after, before }) => after / before),
      },
    ]
  } finally {
    await Promise.allSettled([ours.stop(), load.stop(), others.stop()])
  }
}
