import { setTimeout as sleep } from 'node:timers/promises'
import type { Bench } from './support/figure.ts'
import { Load } from './support/load.ts'
import { affordable } from './support/open-files.ts'
import { clockMs, residentBytes, settledBytes } from './support/process.ts'
import { startOurs } from './support/servers.ts'
import { createSource, drive } from './support/source.ts'

const ROWS = 12_000
const JOIN_WITHIN_MS = 5_000
const GIVE_UP_MS = 240_000
/** What may wait for one client. */
const BOUND_BYTES = 256 * 1024

/** Many clients with gzip join a large relation, that changes meanwhile, within a few seconds. */
export const joinStorm: Bench = async ({ isFull }) => {
  const clients = affordable(isFull ? 10_000 : 1_000)
  const [ours, load] = [await startOurs(), await Load.start()]
  try {
    const source = await createSource(ours, 'join_storm')
    await ours.database.query(
      `INSERT INTO join_storm SELECT n, 'row number ' || n || ' of many' FROM generate_series(1, ${ROWS}) AS g(n)`,
    )
    const url = ours.streamUrl('join_storm')
    await load.open(url, 1, { isGzip: true })
    await sleep(1_500)
    const idle = await settledBytes(ours.pid)
    let peak = idle
    const watch = setInterval(() => {
      peak = Math.max(peak, residentBytes(ours.pid))
    }, 100)
    const started = clockMs()
    let isOver = false
    const changes = (async () => {
      while (!isOver) await drive(source, 5, 1_000)
    })()
    await load.open(url, clients, { isGzip: true, wantsTimes: true, withinMs: JOIN_WITHIN_MS })
    const ids: string[] = []
    while (ids.length < clients && clockMs() - started < GIVE_UP_MS) {
      await sleep(500)
      ids.push(...(await load.take()).snapshots)
    }
    const seconds = (clockMs() - started) / 1_000
    isOver = true
    await changes
    clearInterval(watch)
    const { cut } = await load.count()
    return [
      {
        measure: `snapshots encoded, ${clients} gzip clients join ${ROWS} rows`,
        ours: new Set(ids).size,
        baseline: Math.ceil(seconds) + 1,
        unit: '',
        against: 'one a second',
        bar: 1,
        note: `over after ${seconds.toFixed(1)} s`,
      },
      {
        measure: 'clients without their rows',
        ours: clients - ids.length + cut,
        baseline: clients,
        unit: '',
        against: 'clients',
        bar: 0,
      },
      {
        measure: 'memory per client at the peak',
        ours: (peak - idle) / clients / 1024,
        baseline: BOUND_BYTES / 1024,
        unit: 'KiB',
        against: 'what may wait for a client',
        bar: 1,
        note: 'garbage included',
      },
    ]
  } finally {
    await Promise.allSettled([ours.stop(), load.stop()])
  }
}
